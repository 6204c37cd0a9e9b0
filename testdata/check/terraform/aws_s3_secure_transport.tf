resource "aws_s3_bucket" "open" {
  bucket = "open-zone"
}

resource "aws_s3_bucket_acl" "allowed" {
  bucket = aws_s3_bucket.open.id
  acl    = "public-read"
}

resource "aws_s3_bucket_policy" "tls" {
  bucket = aws_s3_bucket.open.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = "${aws_s3_bucket.open.arn}/*"
      Condition = {
        Bool = {
          "aws:SecureTransport" = "false"
        }
      }
    }]
  })
}

resource "aws_s3_bucket" "own" {
  bucket = "own-zone"
}

resource "aws_s3_bucket_acl" "allowed_private" {
  bucket = aws_s3_bucket.own.id
  acl    = "private"
}

resource "aws_s3_bucket" "plain" {
  bucket = "plain-zone"
}

resource "aws_s3_bucket_acl" "refused" {
  bucket = aws_s3_bucket.plain.id
  acl    = "public-read"
}

resource "aws_s3_bucket_policy" "plain" {
  bucket = aws_s3_bucket.plain.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "s3:GetObject"
      Resource  = "${aws_s3_bucket.plain.arn}/*"
    }]
  })
}
