resource "azurerm_mariadb_server" "refused" {
  name                         = "refused"
  resource_group_name          = "data-platform"
  location                     = "westeurope"
  administrator_login          = "keeper"
  administrator_login_password = var.password
  sku_name                     = "GP_Gen5_2"
  version                      = "10.3"
  ssl_enforcement_enabled      = true
}

resource "azurerm_mariadb_server" "allowed" {
  name                         = "allowed"
  resource_group_name          = "data-platform"
  location                     = "westeurope"
  administrator_login          = "keeper"
  administrator_login_password = var.password
  sku_name                     = "GP_Gen5_2"
  version                      = "10.3"
  ssl_enforcement_enabled      = true
}

resource "azurerm_private_endpoint" "inside" {
  name                = "inside"
  resource_group_name = "data-platform"
  location            = "westeurope"
  subnet_id           = var.subnet_id

  private_service_connection {
    name                           = "inside"
    private_connection_resource_id = azurerm_mariadb_server.allowed.id
    is_manual_connection           = false
    subresource_names              = ["mariadbServer"]
  }
}

variable "subnet_id" {
  type = string
}

variable "password" {
  type      = string
  sensitive = true
}
