resource "aws_neptune_cluster_snapshot" "allowed" {
  db_cluster_identifier          = "household-graph"
  db_cluster_snapshot_identifier = "before-migration"
  storage_encrypted              = true
}

resource "aws_neptune_cluster_snapshot" "refused" {
  db_cluster_identifier          = "household-graph"
  db_cluster_snapshot_identifier = "before-migration"
}

resource "aws_neptune_cluster_snapshot" "refused_off" {
  db_cluster_identifier          = "household-graph"
  db_cluster_snapshot_identifier = "before-migration"
  storage_encrypted              = false
}
