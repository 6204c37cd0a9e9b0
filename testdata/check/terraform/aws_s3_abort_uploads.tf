resource "aws_s3_bucket" "curated" {
  bucket = "curated"
}

resource "aws_s3_bucket_lifecycle_configuration" "allowed" {
  bucket = aws_s3_bucket.curated.id

  rule {
    id     = "uploads"
    status = "Enabled"

    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "allowed_empty_filter" {
  bucket = aws_s3_bucket.curated.id

  rule {
    id     = "uploads"
    status = "Enabled"

    filter {
    }

    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "refused" {
  bucket = aws_s3_bucket.curated.id

  rule {
    id     = "uploads"
    status = "Enabled"

    expiration {
      days = 90
    }
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "refused_prefix" {
  bucket = aws_s3_bucket.curated.id

  rule {
    id     = "uploads"
    status = "Enabled"

    filter {
      prefix = "raw/"
    }

    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "refused_off" {
  bucket = aws_s3_bucket.curated.id

  rule {
    id     = "uploads"
    status = "Disabled"

    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }
}
