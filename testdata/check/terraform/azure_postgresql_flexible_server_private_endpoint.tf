resource "azurerm_postgresql_flexible_server" "refused" {
  name                   = "refused"
  resource_group_name    = "data-platform"
  location               = "westeurope"
  administrator_login    = "keeper"
  administrator_password = var.password
  sku_name               = "GP_Standard_D4s_v3"
  version                = "16"
}

resource "azurerm_postgresql_flexible_server" "allowed" {
  name                   = "allowed"
  resource_group_name    = "data-platform"
  location               = "westeurope"
  administrator_login    = "keeper"
  administrator_password = var.password
  sku_name               = "GP_Standard_D4s_v3"
  version                = "16"
}

resource "azurerm_private_endpoint" "inside" {
  name                = "inside"
  resource_group_name = "data-platform"
  location            = "westeurope"
  subnet_id           = var.subnet_id

  private_service_connection {
    name                           = "inside"
    private_connection_resource_id = azurerm_postgresql_flexible_server.allowed.id
    is_manual_connection           = false
    subresource_names              = ["postgresqlServer"]
  }
}

variable "subnet_id" {
  type = string
}

variable "password" {
  type      = string
  sensitive = true
}
