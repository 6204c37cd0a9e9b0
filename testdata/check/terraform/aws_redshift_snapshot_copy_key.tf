resource "aws_redshift_snapshot_copy_grant" "allowed" {
  snapshot_copy_grant_name = "warehouse-abroad"
  kms_key_id               = aws_kms_key.data.arn
}

resource "aws_redshift_snapshot_copy_grant" "refused" {
  snapshot_copy_grant_name = "warehouse-abroad"
}
