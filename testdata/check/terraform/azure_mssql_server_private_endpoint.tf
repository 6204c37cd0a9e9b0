resource "azurerm_mssql_server" "refused" {
  name                         = "refused"
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

resource "azurerm_private_endpoint" "inside" {
  name                = "inside"
  resource_group_name = "data-platform"
  location            = "westeurope"
  subnet_id           = var.subnet_id

  private_service_connection {
    name                           = "inside"
    private_connection_resource_id = azurerm_mssql_server.allowed.id
    is_manual_connection           = false
    subresource_names              = ["sqlServer"]
  }
}

variable "subnet_id" {
  type = string
}

variable "password" {
  type      = string
  sensitive = true
}
