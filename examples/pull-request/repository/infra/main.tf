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

data "aws_iam_role" "nightly" {
  name = "nightly-reviews"
}

data "aws_iam_role" "terraform" {
  name = "terraform"
}

module "staging" {
  source          = "../modules/spark-staging-bucket"
  name            = "clinic-spark-staging"
  job_role_arns   = [data.aws_iam_role.nightly.arn]
  admin_role_arns = [data.aws_iam_role.terraform.arn]
  log_bucket      = "clinic-access-logs"
  tags            = { owner = "reviews-team" }
}
