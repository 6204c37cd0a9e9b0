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

resource "azurerm_sql_active_directory_administrator" "keepers" {
  server_name         = azurerm_sql_server.allowed.name
  resource_group_name = "data-platform"
  login               = "keepers"
  tenant_id           = var.tenant_id
  object_id           = var.keepers_id
}

variable "tenant_id" {
  type = string
}

variable "keepers_id" {
  type = string
}

variable "password" {
  type      = string
  sensitive = true
}
