resource "aws_cloudtrail" "allowed" {
  name           = "account"
  s3_bucket_name = aws_s3_bucket.trail.id
  enable_logging = true
}

resource "aws_cloudtrail" "refused" {
  name           = "account"
  s3_bucket_name = aws_s3_bucket.trail.id
  enable_logging = false
}
