resource "azurerm_mssql_server" "refused" {
  name                          = "refused"
  resource_group_name           = "data-platform"
  location                      = "westeurope"
  version                       = "12.0"
  administrator_login           = "keeper"
  administrator_login_password  = var.password
  public_network_access_enabled = true
}

resource "azurerm_mssql_server" "refused_unsaid" {
  name                         = "refused-unsaid"
  resource_group_name          = "data-platform"
  location                     = "westeurope"
  version                      = "12.0"
  administrator_login          = "keeper"
  administrator_login_password = var.password
}

resource "azurerm_mssql_server" "allowed" {
  name                          = "allowed"
  resource_group_name           = "data-platform"
  location                      = "westeurope"
  version                       = "12.0"
  administrator_login           = "keeper"
  administrator_login_password  = var.password
  public_network_access_enabled = false
}

variable "password" {
  type      = string
  sensitive = true
}
