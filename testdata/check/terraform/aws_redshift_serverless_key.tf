resource "aws_redshiftserverless_namespace" "allowed" {
  namespace_name = "analytics"
  kms_key_id     = aws_kms_key.data.arn
}

resource "aws_redshiftserverless_namespace" "refused" {
  namespace_name = "analytics"
}
