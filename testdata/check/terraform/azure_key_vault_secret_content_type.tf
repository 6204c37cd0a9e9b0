resource "azurerm_key_vault_secret" "refused" {
  name         = "refused"
  key_vault_id = var.key_vault_id
  value        = var.warehouse_password
}

resource "azurerm_key_vault_secret" "allowed" {
  name         = "allowed"
  key_vault_id = var.key_vault_id
  value        = var.warehouse_password
  content_type = "password of the warehouse"
}

variable "key_vault_id" {
  type = string
}

variable "warehouse_password" {
  type      = string
  sensitive = true
}
