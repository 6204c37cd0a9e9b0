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

resource "azurerm_mysql_server" "refused_off" {
  name                         = "refused-off"
  resource_group_name          = "data-platform"
  location                     = "westeurope"
  administrator_login          = "keeper"
  administrator_login_password = var.password
  sku_name                     = "GP_Gen5_2"
  version                      = "8.0"
  ssl_enforcement_enabled      = true
  geo_redundant_backup_enabled = false
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
  geo_redundant_backup_enabled = true
}

resource "azurerm_mysql_flexible_server" "refused_flexible" {
  name                   = "refused-flexible"
  resource_group_name    = "data-platform"
  location               = "westeurope"
  administrator_login    = "keeper"
  administrator_password = var.password
  sku_name               = "GP_Standard_D2ds_v4"
}

variable "password" {
  type      = string
  sensitive = true
}
