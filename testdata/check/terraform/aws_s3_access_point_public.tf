resource "aws_s3_access_point" "allowed" {
  bucket = aws_s3_bucket.curated.id
  name   = "analysts"

  public_access_block_configuration {
    block_public_acls       = true
    block_public_policy     = true
    ignore_public_acls      = true
    restrict_public_buckets = true
  }
}

resource "aws_s3_access_point" "allowed_default" {
  bucket = aws_s3_bucket.curated.id
  name   = "analysts"
}

resource "aws_s3_access_point" "refused" {
  bucket = aws_s3_bucket.curated.id
  name   = "analysts"

  public_access_block_configuration {
    block_public_acls       = false
    block_public_policy     = false
    ignore_public_acls      = false
    restrict_public_buckets = false
  }
}
