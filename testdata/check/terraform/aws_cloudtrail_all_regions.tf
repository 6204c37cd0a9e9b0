resource "aws_cloudtrail" "allowed" {
  name                  = "account"
  s3_bucket_name        = aws_s3_bucket.trail.id
  is_multi_region_trail = true
}

resource "aws_cloudtrail" "refused" {
  name           = "account"
  s3_bucket_name = aws_s3_bucket.trail.id
}

resource "aws_cloudtrail" "refused_off" {
  name                  = "account"
  s3_bucket_name        = aws_s3_bucket.trail.id
  is_multi_region_trail = false
}
