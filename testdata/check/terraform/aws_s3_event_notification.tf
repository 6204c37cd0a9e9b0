resource "aws_s3_bucket" "allowed" {
  bucket = "allowed-zone"
}

resource "aws_s3_bucket_notification" "arrivals" {
  bucket      = aws_s3_bucket.allowed.id
  eventbridge = true
}

resource "aws_s3_bucket" "refused" {
  bucket = "refused-zone"
}
