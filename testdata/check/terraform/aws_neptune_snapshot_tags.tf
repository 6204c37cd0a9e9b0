resource "aws_neptune_cluster" "allowed" {
  cluster_identifier    = "household-graph"
  copy_tags_to_snapshot = true
}

resource "aws_neptune_cluster" "refused" {
  cluster_identifier = "household-graph"
}

resource "aws_neptune_cluster" "refused_off" {
  cluster_identifier    = "household-graph"
  copy_tags_to_snapshot = false
}
