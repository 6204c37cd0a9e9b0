resource "azurerm_sql_server" "refused" {
  name                         = "refused"
  resource_group_name          = "data-platform"
  location                     = "westeurope"
  version                      = "12.0"
  administrator_login          = "keeper"
  administrator_login_password = var.password
}

resource "azurerm_sql_server" "allowed" {
  name                         = "allowed"
  resource_group_name          = "data-platform"
  location                     = "westeurope"
  version                      = "12.0"
  administrator_login          = "keeper"
  administrator_login_password = var.password
}

resource "azurerm_sql_server" "allowed_without" {
  name                         = "allowed-without"
  resource_group_name          = "data-platform"
  location                     = "westeurope"
  version                      = "12.0"
  administrator_login          = "keeper"
  administrator_login_password = var.password
}

resource "azurerm_mssql_server_security_alert_policy" "off" {
  resource_group_name = "data-platform"
  server_name         = azurerm_sql_server.refused.name
  state               = "Disabled"
}

resource "azurerm_mssql_server_security_alert_policy" "on" {
  resource_group_name = "data-platform"
  server_name         = azurerm_sql_server.allowed.name
  state               = "Enabled"
}

variable "password" {
  type      = string
  sensitive = true
}
