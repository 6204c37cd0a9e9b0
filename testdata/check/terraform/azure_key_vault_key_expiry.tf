resource "azurerm_key_vault_key" "refused" {
  name         = "refused"
  key_vault_id = var.key_vault_id
  key_type     = "RSA-HSM"
  key_size     = 4096
  key_opts     = ["unwrapKey", "wrapKey"]
}

resource "azurerm_key_vault_key" "allowed" {
  name            = "allowed"
  key_vault_id    = var.key_vault_id
  key_type        = "RSA-HSM"
  key_size        = 4096
  key_opts        = ["unwrapKey", "wrapKey"]
  expiration_date = "2027-06-30T00:00:00Z"
}

variable "key_vault_id" {
  type = string
}
