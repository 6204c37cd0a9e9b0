resource "aws_kinesis_firehose_delivery_stream" "allowed" {
  name        = "clicks"
  destination = "extended_s3"

  extended_s3_configuration {
    role_arn   = aws_iam_role.firehose.arn
    bucket_arn = aws_s3_bucket.raw.arn
  }

  server_side_encryption {
    enabled  = true
    key_type = "CUSTOMER_MANAGED_CMK"
    key_arn  = aws_kms_key.data.arn
  }
}

resource "aws_kinesis_firehose_delivery_stream" "refused" {
  name        = "clicks"
  destination = "extended_s3"

  extended_s3_configuration {
    role_arn   = aws_iam_role.firehose.arn
    bucket_arn = aws_s3_bucket.raw.arn
  }
}

resource "aws_kinesis_firehose_delivery_stream" "refused_owned_key" {
  name        = "clicks"
  destination = "extended_s3"

  extended_s3_configuration {
    role_arn   = aws_iam_role.firehose.arn
    bucket_arn = aws_s3_bucket.raw.arn
  }

  server_side_encryption {
    enabled = true
  }
}
