resource "aws_transfer_server" "allowed" {
  identity_provider_type = "SERVICE_MANAGED"
  security_policy_name   = "TransferSecurityPolicy-2025-03"
}

resource "aws_transfer_server" "refused" {
  identity_provider_type = "SERVICE_MANAGED"
}

resource "aws_transfer_server" "refused_old" {
  identity_provider_type = "SERVICE_MANAGED"
  security_policy_name   = "TransferSecurityPolicy-2018-11"
}
