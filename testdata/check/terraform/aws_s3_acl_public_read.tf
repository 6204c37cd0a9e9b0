resource "aws_s3_bucket" "allowed" {
  bucket = "allowed-zone"
}

resource "aws_s3_bucket_acl" "own" {
  bucket = aws_s3_bucket.allowed.id
  acl    = "private"
}

resource "aws_s3_bucket" "allowed_inline" {
  bucket = "allowed-inline-zone"
  acl    = "private"
}

resource "aws_s3_bucket" "allowed_none" {
  bucket = "allowed-none-zone"
}

resource "aws_s3_bucket" "refused" {
  bucket = "refused-zone"
}

resource "aws_s3_bucket_acl" "open" {
  bucket = aws_s3_bucket.refused.id
  acl    = "public-read-write"
}

resource "aws_s3_bucket" "refused_inline" {
  bucket = "refused-inline-zone"
  acl    = "public-read-write"
}

resource "aws_s3_bucket" "refused_grant" {
  bucket = "refused-grant-zone"
}

resource "aws_s3_bucket_acl" "granted" {
  bucket = aws_s3_bucket.refused_grant.id

  access_control_policy {
    grant {
      grantee {
        type = "Group"
        uri  = "http://acs.amazonaws.com/groups/global/AllUsers"
      }
      permission = "READ"
    }

    owner {
      id = "a1b2c3"
    }
  }
}
