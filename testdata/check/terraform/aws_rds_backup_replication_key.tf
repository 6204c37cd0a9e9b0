resource "aws_db_instance_automated_backups_replication" "allowed" {
  source_db_instance_arn = aws_db_instance.orders.arn
  retention_period       = 14
  kms_key_id             = aws_kms_key.data.arn
}

resource "aws_db_instance_automated_backups_replication" "refused" {
  source_db_instance_arn = aws_db_instance.orders.arn
  retention_period       = 14
}
