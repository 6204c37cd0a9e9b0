resource "aws_s3_bucket" "allowed" {
  bucket = "allowed-zone"
}

resource "aws_s3_bucket_versioning" "enabled" {
  bucket = aws_s3_bucket.allowed.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket" "allowed_inline" {
  bucket = "allowed-inline-zone"

  versioning {
    enabled = true
  }
}

resource "aws_s3_bucket" "allowed_by_name" {
  bucket = "landing"
}

resource "aws_s3_bucket_versioning" "by_name" {
  bucket = "landing"

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket" "refused" {
  bucket = "refused-zone"
}

resource "aws_s3_bucket" "refused_suspended" {
  bucket = "refused-suspended-zone"
}

resource "aws_s3_bucket_versioning" "suspended" {
  bucket = aws_s3_bucket.refused_suspended.id

  versioning_configuration {
    status = "Suspended"
  }
}
