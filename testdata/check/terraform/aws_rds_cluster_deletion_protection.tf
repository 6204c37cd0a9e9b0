resource "aws_rds_cluster" "allowed" {
  cluster_identifier  = "orders"
  engine              = "aurora-postgresql"
  deletion_protection = true
}

resource "aws_rds_cluster" "refused" {
  cluster_identifier = "orders"
  engine             = "aurora-postgresql"
}

resource "aws_rds_cluster" "refused_off" {
  cluster_identifier  = "orders"
  engine              = "aurora-postgresql"
  deletion_protection = false
}
