resource "aws_s3_bucket" "allowed" {
  bucket = "allowed-zone"
}

resource "aws_s3_bucket" "allowed_key" {
  bucket = "allowed-key-zone"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "key" {
  bucket = aws_s3_bucket.allowed_key.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "aws:kms"
    }
  }
}

resource "aws_s3_bucket" "allowed_inline" {
  bucket = "allowed-inline-zone"

  server_side_encryption_configuration {
    rule {
      apply_server_side_encryption_by_default {
        sse_algorithm = "AES256"
      }
    }
  }
}

resource "aws_s3_bucket" "refused" {
  bucket = "refused-zone"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "unknown_algorithm" {
  bucket = aws_s3_bucket.refused.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "DES"
    }
  }
}

resource "aws_s3_bucket" "refused_inline" {
  bucket = "refused-inline-zone"

  server_side_encryption_configuration {
    rule {
      apply_server_side_encryption_by_default {
        sse_algorithm = "none"
      }
    }
  }
}
