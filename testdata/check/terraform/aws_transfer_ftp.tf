resource "aws_transfer_server" "allowed" {
  identity_provider_type = "SERVICE_MANAGED"
  protocols              = ["SFTP", "FTPS"]
}

resource "aws_transfer_server" "allowed_default" {
  identity_provider_type = "SERVICE_MANAGED"
}

resource "aws_transfer_server" "refused" {
  identity_provider_type = "SERVICE_MANAGED"
  protocols              = ["FTP", "SFTP"]
}
