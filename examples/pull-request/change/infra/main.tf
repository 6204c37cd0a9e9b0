terraform {
  backend "s3" {
    bucket     = "clinic-terraform-state"
    key        = "reviews/terraform.tfstate"
    region     = "eu-north-1"
    encrypt    = true
    kms_key_id = "alias/terraform-state"
  }
}

provider "aws" {
  region = "eu-north-1"
}

resource "aws_s3_bucket" "staging" {
  bucket = "clinic-spark-staging"
}

resource "aws_s3_bucket_acl" "staging" {
  bucket = aws_s3_bucket.staging.id
  acl    = "public-read"
}
