resource "aws_athena_workgroup" "refused" {
  name = "analysts"

  configuration {
    result_configuration {
      output_location = "s3://example-athena-results/analysts/"
    }
  }
}

resource "aws_athena_workgroup" "refused_without_configuration" {
  name = "default"
}

resource "aws_athena_workgroup" "allowed" {
  name = "scoring"

  configuration {
    result_configuration {
      output_location = "s3://example-athena-results/scoring/"

      encryption_configuration {
        encryption_option = "SSE_KMS"
        kms_key_arn       = aws_kms_key.results.arn
      }
    }
  }
}

resource "aws_kms_key" "results" {
  enable_key_rotation = true
}
