resource "aws_db_cluster_snapshot" "allowed" {
  db_cluster_identifier          = "orders"
  db_cluster_snapshot_identifier = "before-migration"
  storage_encrypted              = true
}

resource "aws_db_cluster_snapshot" "refused" {
  db_cluster_identifier          = "orders"
  db_cluster_snapshot_identifier = "before-migration"
}

resource "aws_db_cluster_snapshot" "refused_off" {
  db_cluster_identifier          = "orders"
  db_cluster_snapshot_identifier = "before-migration"
  storage_encrypted              = false
}
