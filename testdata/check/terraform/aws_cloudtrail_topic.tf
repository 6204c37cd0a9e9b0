resource "aws_cloudtrail" "allowed" {
  name           = "account"
  s3_bucket_name = aws_s3_bucket.trail.id
  sns_topic_name = aws_sns_topic.trail.name
}

resource "aws_cloudtrail" "refused" {
  name           = "account"
  s3_bucket_name = aws_s3_bucket.trail.id
}
