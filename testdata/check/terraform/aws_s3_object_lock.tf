resource "aws_s3_bucket" "allowed" {
  bucket = "consents"

  object_lock_configuration {
    object_lock_enabled = "Enabled"
  }
}

resource "aws_s3_bucket" "allowed_none" {
  bucket = "scratch"
}

resource "aws_s3_bucket" "refused" {
  bucket = "consents"

  object_lock_configuration {
    object_lock_enabled = "Disabled"
  }
}
