resource "aws_rds_cluster" "allowed" {
  cluster_identifier = "orders"
  engine             = "aurora-mysql"
  backtrack_window   = 86400
}

resource "aws_rds_cluster" "allowed_postgres" {
  cluster_identifier = "orders"
  engine             = "aurora-postgresql"
}

resource "aws_rds_cluster" "refused" {
  cluster_identifier = "orders"
  engine             = "aurora-mysql"
}

resource "aws_rds_cluster" "refused_off" {
  cluster_identifier = "orders"
  engine             = "aurora-mysql"
  backtrack_window   = 0
}
