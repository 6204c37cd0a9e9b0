resource "aws_s3_bucket" "allowed" {
  bucket = "allowed-zone"
}

resource "aws_s3_bucket_lifecycle_configuration" "expiry" {
  bucket = aws_s3_bucket.allowed.id

  rule {
    id     = "expiry"
    status = "Enabled"

    expiration {
      days = 365
    }
  }
}

resource "aws_s3_bucket" "allowed_inline" {
  bucket = "allowed-inline-zone"

  lifecycle_rule {
    enabled = true

    expiration {
      days = 365
    }
  }
}

resource "aws_s3_bucket" "refused" {
  bucket = "refused-zone"
}
