resource "azurerm_postgresql_flexible_server" "refused" {
  name                   = "refused"
  resource_group_name    = "data-platform"
  location               = "westeurope"
  administrator_login    = "keeper"
  administrator_password = var.password
  sku_name               = "GP_Standard_D4s_v3"
  version                = "16"
}

resource "azurerm_postgresql_flexible_server" "refused_off" {
  name                         = "refused-off"
  resource_group_name          = "data-platform"
  location                     = "westeurope"
  administrator_login          = "keeper"
  administrator_password       = var.password
  sku_name                     = "GP_Standard_D4s_v3"
  version                      = "16"
  geo_redundant_backup_enabled = false
}

resource "azurerm_postgresql_flexible_server" "allowed" {
  name                         = "allowed"
  resource_group_name          = "data-platform"
  location                     = "westeurope"
  administrator_login          = "keeper"
  administrator_password       = var.password
  sku_name                     = "GP_Standard_D4s_v3"
  version                      = "16"
  geo_redundant_backup_enabled = true
}

resource "azurerm_postgresql_flexible_server" "allowed_replica" {
  name                   = "allowed-replica"
  resource_group_name    = "data-platform"
  location               = "westeurope"
  administrator_login    = "keeper"
  administrator_password = var.password
  sku_name               = "GP_Standard_D4s_v3"
  version                = "16"
  create_mode            = "Replica"
  source_server_id       = var.primary_id
}

variable "password" {
  type      = string
  sensitive = true
}

variable "primary_id" {
  type = string
}
