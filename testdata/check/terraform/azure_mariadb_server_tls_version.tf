resource "azurerm_mariadb_server" "refused" {
  name                         = "refused"
  resource_group_name          = "data-platform"
  location                     = "westeurope"
  administrator_login          = "keeper"
  administrator_login_password = var.password
  sku_name                     = "GP_Gen5_2"
  version                      = "10.3"
  ssl_enforcement_enabled      = false
}

resource "azurerm_mariadb_server" "refused_old" {
  name                             = "refused-old"
  resource_group_name              = "data-platform"
  location                         = "westeurope"
  administrator_login              = "keeper"
  administrator_login_password     = var.password
  sku_name                         = "GP_Gen5_2"
  version                          = "10.3"
  ssl_enforcement_enabled          = true
  ssl_minimal_tls_version_enforced = "TLS1_0"
}

resource "azurerm_mariadb_server" "allowed" {
  name                             = "allowed"
  resource_group_name              = "data-platform"
  location                         = "westeurope"
  administrator_login              = "keeper"
  administrator_login_password     = var.password
  sku_name                         = "GP_Gen5_2"
  version                          = "10.3"
  ssl_enforcement_enabled          = true
  ssl_minimal_tls_version_enforced = "TLS1_2"
}

resource "azurerm_mariadb_server" "allowed_default" {
  name                         = "allowed-default"
  resource_group_name          = "data-platform"
  location                     = "westeurope"
  administrator_login          = "keeper"
  administrator_login_password = var.password
  sku_name                     = "GP_Gen5_2"
  version                      = "10.3"
  ssl_enforcement_enabled      = true
}

variable "password" {
  type      = string
  sensitive = true
}
