resource "azurerm_mysql_server" "refused" {
  name                         = "refused"
  resource_group_name          = "data-platform"
  location                     = "westeurope"
  administrator_login          = "keeper"
  administrator_login_password = var.password
  sku_name                     = "GP_Gen5_2"
  version                      = "8.0"
  ssl_enforcement_enabled      = true
}

resource "azurerm_mysql_server" "allowed" {
  name                         = "allowed"
  resource_group_name          = "data-platform"
  location                     = "westeurope"
  administrator_login          = "keeper"
  administrator_login_password = var.password
  sku_name                     = "GP_Gen5_2"
  version                      = "8.0"
  ssl_enforcement_enabled      = true
}

resource "azurerm_mysql_server_key" "warehouse" {
  server_id        = azurerm_mysql_server.allowed.id
  key_vault_key_id = azurerm_key_vault_key.warehouse.id
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
