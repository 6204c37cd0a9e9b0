resource "aws_s3_bucket_ownership_controls" "allowed" {
  bucket = "curated-zone"

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_ownership_controls" "refused" {
  bucket = "curated-zone"

  rule {
    object_ownership = "BucketOwnerPreferred"
  }
}

resource "aws_s3_bucket_ownership_controls" "refused_writer" {
  bucket = "curated-zone"

  rule {
    object_ownership = "ObjectWriter"
  }
}
