resource "aws_dms_endpoint" "allowed" {
  endpoint_id   = "crm"
  endpoint_type = "source"
  engine_name   = "postgres"
  kms_key_arn   = aws_kms_key.data.arn
}

resource "aws_dms_endpoint" "refused" {
  endpoint_id   = "crm"
  endpoint_type = "source"
  engine_name   = "postgres"
}

resource "aws_dms_endpoint" "allowed_s3" {
  endpoint_id   = "lake"
  endpoint_type = "target"
  engine_name   = "s3"

  s3_settings {
    bucket_name                       = "raw-zone"
    server_side_encryption_kms_key_id = aws_kms_key.data.arn
  }
}

resource "aws_dms_endpoint" "refused_s3" {
  endpoint_id   = "lake"
  endpoint_type = "target"
  engine_name   = "s3"
  kms_key_arn   = aws_kms_key.data.arn

  s3_settings {
    bucket_name = "raw-zone"
  }
}
