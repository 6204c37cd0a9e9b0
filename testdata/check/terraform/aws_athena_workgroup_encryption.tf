resource "aws_athena_workgroup" "allowed" {
  name = "analysts"

  configuration {
    result_configuration {
      output_location = "s3://answers/"

      encryption_configuration {
        encryption_option = "SSE_KMS"
        kms_key_arn       = aws_kms_key.data.arn
      }
    }
  }
}

resource "aws_athena_workgroup" "refused" {
  name = "analysts"

  configuration {
    result_configuration {
      output_location = "s3://answers/"
    }
  }
}
