resource "aws_neptune_cluster" "allowed" {
  cluster_identifier = "household-graph"
  kms_key_arn        = aws_kms_key.data.arn
}

resource "aws_neptune_cluster" "refused" {
  cluster_identifier = "household-graph"
}
