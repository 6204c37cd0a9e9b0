resource "aws_neptune_cluster" "allowed" {
  cluster_identifier  = "household-graph"
  deletion_protection = true
}

resource "aws_neptune_cluster" "refused" {
  cluster_identifier = "household-graph"
}

resource "aws_neptune_cluster" "refused_off" {
  cluster_identifier  = "household-graph"
  deletion_protection = false
}
