resource "aws_neptune_cluster" "allowed" {
  cluster_identifier      = "household-graph"
  backup_retention_period = 14
}

resource "aws_neptune_cluster" "refused" {
  cluster_identifier      = "household-graph"
  backup_retention_period = 1
}

resource "aws_neptune_cluster" "refused_default" {
  cluster_identifier = "household-graph"
}
