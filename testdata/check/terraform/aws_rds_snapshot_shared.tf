resource "aws_db_snapshot" "allowed" {
  db_instance_identifier = "orders"
  db_snapshot_identifier = "before-migration"
  shared_accounts        = false
}

resource "aws_db_snapshot" "refused" {
  db_instance_identifier = "orders"
  db_snapshot_identifier = "before-migration"
  shared_accounts        = "all"
}
