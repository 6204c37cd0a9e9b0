resource "aws_db_instance" "allowed" {
  identifier           = "orders"
  engine               = "postgres"
  instance_class       = "db.m7g.large"
  parameter_group_name = aws_db_parameter_group.logs.name
}

resource "aws_db_parameter_group" "logs" {
  family = "postgres16"

  parameter {
    name  = "log_statement"
    value = "all"
  }

  parameter {
    name  = "log_min_duration_statement"
    value = "250"
  }
}

resource "aws_db_instance" "allowed_mysql" {
  identifier     = "orders"
  engine         = "mysql"
  instance_class = "db.m7g.large"
}

resource "aws_db_instance" "refused" {
  identifier     = "orders"
  engine         = "postgres"
  instance_class = "db.m7g.large"
}

resource "aws_db_instance" "refused_half" {
  identifier           = "orders"
  engine               = "postgres"
  instance_class       = "db.m7g.large"
  parameter_group_name = aws_db_parameter_group.half.name
}

resource "aws_db_parameter_group" "half" {
  family = "postgres16"

  parameter {
    name  = "log_statement"
    value = "all"
  }
}
