resource "azurerm_mssql_server" "refused" {
  name                         = "refused"
  resource_group_name          = "data-platform"
  location                     = "westeurope"
  version                      = "12.0"
  administrator_login          = "keeper"
  administrator_login_password = var.password
}

resource "azurerm_sql_server" "refused_older" {
  name                         = "refused-older"
  resource_group_name          = "data-platform"
  location                     = "westeurope"
  version                      = "12.0"
  administrator_login          = "keeper"
  administrator_login_password = var.password
}

resource "azurerm_mssql_server" "allowed" {
  name                         = "allowed"
  resource_group_name          = "data-platform"
  location                     = "westeurope"
  version                      = "12.0"
  administrator_login          = "keeper"
  administrator_login_password = var.password
}

resource "azurerm_mssql_server_security_alert_policy" "warehouse" {
  resource_group_name = "data-platform"
  server_name         = azurerm_mssql_server.allowed.name
  state               = "Enabled"
}

variable "password" {
  type      = string
  sensitive = true
}
