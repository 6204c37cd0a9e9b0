resource "aws_dms_s3_endpoint" "allowed" {
  endpoint_id             = "lake"
  endpoint_type           = "target"
  bucket_name             = "raw-zone"
  service_access_role_arn = aws_iam_role.dms.arn
  kms_key_arn             = aws_kms_key.data.arn
}

resource "aws_dms_s3_endpoint" "refused" {
  endpoint_id             = "lake"
  endpoint_type           = "target"
  bucket_name             = "raw-zone"
  service_access_role_arn = aws_iam_role.dms.arn
}
