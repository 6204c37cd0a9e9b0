resource "aws_ssm_parameter" "allowed" {
  name   = "/warehouse/password"
  type   = "SecureString"
  value  = var.password
  key_id = aws_kms_key.data.arn
}

resource "aws_ssm_parameter" "allowed_plain" {
  name  = "/warehouse/host"
  type  = "String"
  value = "warehouse.internal"
}

resource "aws_ssm_parameter" "refused" {
  name  = "/warehouse/password"
  type  = "SecureString"
  value = var.password
}

variable "password" {
  type      = string
  sensitive = true
}
