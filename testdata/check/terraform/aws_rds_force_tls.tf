resource "aws_db_instance" "allowed" {
  identifier           = "orders"
  engine               = "postgres"
  instance_class       = "db.m7g.large"
  parameter_group_name = aws_db_parameter_group.tls.name
}

resource "aws_db_parameter_group" "tls" {
  family = "postgres16"

  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }
}

resource "aws_db_instance" "allowed_default" {
  identifier     = "orders"
  engine         = "postgres"
  instance_class = "db.m7g.large"
}

resource "aws_db_instance" "refused" {
  identifier           = "orders"
  engine               = "postgres"
  instance_class       = "db.m7g.large"
  parameter_group_name = aws_db_parameter_group.plain.name
}

resource "aws_db_parameter_group" "plain" {
  family = "postgres14"

  parameter {
    name  = "log_statement"
    value = "all"
  }
}

resource "aws_db_instance" "refused_mysql" {
  identifier           = "shop"
  engine               = "mysql"
  instance_class       = "db.m7g.large"
  parameter_group_name = aws_db_parameter_group.mysql.name
}

resource "aws_db_parameter_group" "mysql" {
  family = "mysql8.0"

  parameter {
    name  = "require_secure_transport"
    value = "0"
  }
}
