resource "aws_neptune_cluster" "allowed" {
  cluster_identifier                  = "household-graph"
  iam_database_authentication_enabled = true
}

resource "aws_neptune_cluster" "refused" {
  cluster_identifier = "household-graph"
}

resource "aws_neptune_cluster" "refused_off" {
  cluster_identifier                  = "household-graph"
  iam_database_authentication_enabled = false
}
