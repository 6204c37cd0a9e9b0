resource "aws_rds_cluster" "allowed" {
  cluster_identifier              = "orders"
  engine                          = "aurora-postgresql"
  db_cluster_parameter_group_name = aws_rds_cluster_parameter_group.logs.name
}

resource "aws_rds_cluster_parameter_group" "logs" {
  family = "aurora-postgresql16"

  parameter {
    name  = "log_statement"
    value = "all"
  }

  parameter {
    name  = "log_min_duration_statement"
    value = "250"
  }
}

resource "aws_rds_cluster" "allowed_mysql" {
  cluster_identifier = "orders"
  engine             = "aurora-mysql"
}

resource "aws_rds_cluster" "refused" {
  cluster_identifier = "orders"
  engine             = "aurora-postgresql"
}

resource "aws_rds_cluster" "refused_half" {
  cluster_identifier              = "orders"
  engine                          = "aurora-postgresql"
  db_cluster_parameter_group_name = aws_rds_cluster_parameter_group.half.name
}

resource "aws_rds_cluster_parameter_group" "half" {
  family = "postgres16"

  parameter {
    name  = "log_statement"
    value = "all"
  }
}
