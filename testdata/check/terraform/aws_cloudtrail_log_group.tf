resource "aws_cloudtrail" "allowed" {
  name                       = "account"
  s3_bucket_name             = aws_s3_bucket.trail.id
  cloud_watch_logs_group_arn = "${aws_cloudwatch_log_group.trail.arn}:*"
  cloud_watch_logs_role_arn  = aws_iam_role.trail.arn
}

resource "aws_cloudwatch_log_group" "trail" {
  name = "trail"
}

resource "aws_cloudtrail" "refused" {
  name           = "account"
  s3_bucket_name = aws_s3_bucket.trail.id
}
