resource "aws_secretsmanager_secret" "allowed" {
  name       = "warehouse/loader"
  kms_key_id = aws_kms_key.data.arn
}

resource "aws_secretsmanager_secret" "refused" {
  name = "warehouse/loader"
}

resource "aws_secretsmanager_secret" "refused_default_key" {
  name       = "warehouse/loader"
  kms_key_id = "alias/aws/secretsmanager"
}
