resource "aws_neptune_cluster_snapshot" "allowed" {
  db_cluster_identifier          = "household-graph"
  db_cluster_snapshot_identifier = "before-migration"
  kms_key_id                     = aws_kms_key.data.arn
}

resource "aws_neptune_cluster_snapshot" "refused" {
  db_cluster_identifier          = "household-graph"
  db_cluster_snapshot_identifier = "before-migration"
}
