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

resource "azurerm_sql_server" "allowed_older" {
  name                         = "allowed-older"
  resource_group_name          = "data-platform"
  location                     = "westeurope"
  version                      = "12.0"
  administrator_login          = "keeper"
  administrator_login_password = var.password

  extended_auditing_policy {
    storage_endpoint  = "https://exampleaudit.blob.core.windows.net/"
    retention_in_days = 180
  }
}

resource "azurerm_mssql_server_extended_auditing_policy" "audit" {
  server_id         = azurerm_mssql_server.allowed.id
  storage_endpoint  = "https://exampleaudit.blob.core.windows.net/"
  retention_in_days = 180
}

variable "password" {
  type      = string
  sensitive = true
}
