resource "aws_neptune_cluster" "allowed" {
  cluster_identifier             = "household-graph"
  enable_cloudwatch_logs_exports = ["audit"]
}

resource "aws_neptune_cluster" "refused" {
  cluster_identifier = "household-graph"
}

resource "aws_neptune_cluster" "refused_other" {
  cluster_identifier             = "household-graph"
  enable_cloudwatch_logs_exports = ["slowquery"]
}
