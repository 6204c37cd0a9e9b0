resource "aws_s3_bucket" "allowed" {
  bucket = "allowed-zone"
}

resource "aws_s3_bucket_replication_configuration" "copies" {
  bucket = aws_s3_bucket.allowed.id
  role   = aws_iam_role.replication.arn

  rule {
    id     = "all"
    status = "Enabled"

    destination {
      bucket = "arn:aws:s3:::copies"
    }
  }
}

resource "aws_s3_bucket" "refused" {
  bucket = "refused-zone"
}

resource "aws_s3_bucket" "refused_off" {
  bucket = "refused-off-zone"
}

resource "aws_s3_bucket_replication_configuration" "off" {
  bucket = aws_s3_bucket.refused_off.id
  role   = aws_iam_role.replication.arn

  rule {
    id     = "all"
    status = "Disabled"

    destination {
      bucket = "arn:aws:s3:::copies"
    }
  }
}
