resource "aws_s3_bucket" "allowed" {
  bucket = "allowed-zone"
}

resource "aws_s3_bucket_public_access_block" "closed" {
  bucket                  = aws_s3_bucket.allowed.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket" "refused" {
  bucket = "refused-zone"
}

resource "aws_s3_bucket" "refused_half" {
  bucket = "refused-half-zone"
}

resource "aws_s3_bucket_public_access_block" "half" {
  bucket                  = aws_s3_bucket.refused_half.id
  block_public_acls       = true
  block_public_policy     = false
  ignore_public_acls      = true
  restrict_public_buckets = true
}
