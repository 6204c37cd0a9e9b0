resource "aws_rds_cluster" "allowed" {
  cluster_identifier = "orders"
  engine             = "aurora-postgresql"
  storage_encrypted  = true
}

resource "aws_rds_cluster" "allowed_serverless" {
  cluster_identifier = "orders"
  engine             = "aurora-postgresql"
  engine_mode        = "serverless"
}

resource "aws_rds_cluster" "refused" {
  cluster_identifier = "orders"
  engine             = "aurora-postgresql"
}

resource "aws_rds_cluster" "refused_off" {
  cluster_identifier = "orders"
  engine             = "aurora-postgresql"
  storage_encrypted  = false
}
