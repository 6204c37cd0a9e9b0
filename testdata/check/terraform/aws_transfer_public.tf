resource "aws_transfer_server" "allowed" {
  identity_provider_type = "SERVICE_MANAGED"
  endpoint_type          = "VPC"
}

resource "aws_transfer_server" "refused" {
  identity_provider_type = "SERVICE_MANAGED"
  endpoint_type          = "PUBLIC"
}

resource "aws_transfer_server" "refused_missing" {
  identity_provider_type = "SERVICE_MANAGED"
}
