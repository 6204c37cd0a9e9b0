resource "azurerm_mysql_server" "refused" {
  name                          = "refused"
  resource_group_name           = "data-platform"
  location                      = "westeurope"
  administrator_login           = "keeper"
  administrator_login_password  = var.password
  sku_name                      = "GP_Gen5_2"
  version                       = "8.0"
  ssl_enforcement_enabled       = true
  public_network_access_enabled = true
}

resource "azurerm_mysql_server" "refused_unsaid" {
  name                         = "refused-unsaid"
  resource_group_name          = "data-platform"
  location                     = "westeurope"
  administrator_login          = "keeper"
  administrator_login_password = var.password
  sku_name                     = "GP_Gen5_2"
  version                      = "8.0"
  ssl_enforcement_enabled      = true
}

resource "azurerm_mysql_flexible_server" "refused_flexible" {
  name                   = "refused-flexible"
  resource_group_name    = "data-platform"
  location               = "westeurope"
  administrator_login    = "keeper"
  administrator_password = var.password
  sku_name               = "GP_Standard_D2ds_v4"
}

resource "azurerm_mysql_server" "allowed" {
  name                          = "allowed"
  resource_group_name           = "data-platform"
  location                      = "westeurope"
  administrator_login           = "keeper"
  administrator_login_password  = var.password
  sku_name                      = "GP_Gen5_2"
  version                       = "8.0"
  ssl_enforcement_enabled       = true
  public_network_access_enabled = false
}

variable "password" {
  type      = string
  sensitive = true
}
