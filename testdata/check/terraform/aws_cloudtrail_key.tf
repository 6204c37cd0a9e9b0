resource "aws_cloudtrail" "allowed" {
  name           = "account"
  s3_bucket_name = aws_s3_bucket.trail.id
  kms_key_id     = aws_kms_key.data.arn
}

resource "aws_cloudtrail" "refused" {
  name           = "account"
  s3_bucket_name = aws_s3_bucket.trail.id
}
