resource "azurerm_postgresql_server_key" "refused" {
  server_id        = azurerm_postgresql_server.warehouse.id
  key_vault_key_id = "https://example.vault.azure.net/keys/old/1"
}

resource "azurerm_postgresql_server_key" "allowed" {
  server_id        = azurerm_postgresql_server.warehouse.id
  key_vault_key_id = azurerm_key_vault_key.warehouse.id
}

resource "azurerm_postgresql_server" "warehouse" {
  name                         = "warehouse"
  resource_group_name          = "data-platform"
  location                     = "westeurope"
  administrator_login          = "keeper"
  administrator_login_password = var.password
  sku_name                     = "GP_Gen5_4"
  version                      = "11"
  ssl_enforcement_enabled      = true
}

resource "azurerm_key_vault_key" "warehouse" {
  name         = "warehouse"
  key_vault_id = var.key_vault_id
  key_type     = "RSA-HSM"
  key_size     = 3072
  key_opts     = ["unwrapKey", "wrapKey"]
}

variable "key_vault_id" {
  type = string
}

variable "password" {
  type      = string
  sensitive = true
}
