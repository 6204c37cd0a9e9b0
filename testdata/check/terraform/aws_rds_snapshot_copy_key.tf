resource "aws_db_snapshot_copy" "allowed" {
  source_db_snapshot_identifier = aws_db_snapshot.orders.db_snapshot_arn
  target_db_snapshot_identifier = "orders-abroad"
  kms_key_id                    = aws_kms_key.data.arn
}

resource "aws_db_snapshot_copy" "refused" {
  source_db_snapshot_identifier = aws_db_snapshot.orders.db_snapshot_arn
  target_db_snapshot_identifier = "orders-abroad"
}
