resource "aws_dms_endpoint" "allowed" {
  endpoint_id   = "crm"
  endpoint_type = "source"
  engine_name   = "postgres"
  ssl_mode      = "verify-full"
}

resource "aws_dms_endpoint" "allowed_s3" {
  endpoint_id   = "lake"
  endpoint_type = "target"
  engine_name   = "s3"
  ssl_mode      = "none"
}

resource "aws_dms_endpoint" "refused" {
  endpoint_id   = "crm"
  endpoint_type = "source"
  engine_name   = "postgres"
  ssl_mode      = "none"
}
