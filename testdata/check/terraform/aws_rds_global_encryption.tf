resource "aws_rds_global_cluster" "allowed" {
  global_cluster_identifier = "orders"
  engine                    = "aurora-postgresql"
  storage_encrypted         = true
}

resource "aws_rds_global_cluster" "allowed_from_cluster" {
  global_cluster_identifier    = "orders"
  source_db_cluster_identifier = aws_rds_cluster.orders.arn
}

resource "aws_rds_global_cluster" "refused" {
  global_cluster_identifier = "orders"
  engine                    = "aurora-postgresql"
}

resource "aws_rds_global_cluster" "refused_off" {
  global_cluster_identifier = "orders"
  engine                    = "aurora-postgresql"
  storage_encrypted         = false
}
