resource "aws_s3_bucket" "allowed" {
  bucket = "allowed-zone"
}

resource "aws_s3_bucket_logging" "reads" {
  bucket        = aws_s3_bucket.allowed.id
  target_bucket = "audit-zone"
  target_prefix = "reads/"
}

resource "aws_s3_bucket" "allowed_inline" {
  bucket = "allowed-inline-zone"

  logging {
    target_bucket = "audit-zone"
  }
}

resource "aws_s3_bucket" "refused" {
  bucket = "refused-zone"
}
