resource "azurerm_postgresql_server" "refused" {
  name                         = "refused"
  resource_group_name          = "data-platform"
  location                     = "westeurope"
  administrator_login          = "keeper"
  administrator_login_password = var.password
  sku_name                     = "GP_Gen5_4"
  version                      = "11"
  ssl_enforcement_enabled      = false
}

resource "azurerm_postgresql_server" "allowed" {
  name                         = "allowed"
  resource_group_name          = "data-platform"
  location                     = "westeurope"
  administrator_login          = "keeper"
  administrator_login_password = var.password
  sku_name                     = "GP_Gen5_4"
  version                      = "11"
  ssl_enforcement_enabled      = true
}

variable "password" {
  type      = string
  sensitive = true
}
