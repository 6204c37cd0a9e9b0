resource "azurerm_key_vault_key" "refused" {
  name         = "refused"
  key_vault_id = var.key_vault_id
  key_size     = 4096
  key_opts     = ["unwrapKey", "wrapKey"]
  key_type     = "RSA"
}

resource "azurerm_key_vault_key" "refused_curve" {
  name         = "signing"
  key_vault_id = var.key_vault_id
  key_type     = "EC"
  curve        = "P-256"
  key_opts     = ["sign", "verify"]
}

resource "azurerm_key_vault_key" "allowed" {
  name         = "allowed"
  key_vault_id = var.key_vault_id
  key_type     = "RSA-HSM"
  key_size     = 4096
  key_opts     = ["unwrapKey", "wrapKey"]
}

variable "key_vault_id" {
  type = string
}
