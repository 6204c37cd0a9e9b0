resource "azurerm_mysql_server" "refused" {
  name                             = "refused"
  resource_group_name              = "data-platform"
  location                         = "westeurope"
  administrator_login              = "keeper"
  administrator_login_password     = var.password
  sku_name                         = "GP_Gen5_2"
  version                          = "8.0"
  ssl_enforcement_enabled          = true
  ssl_minimal_tls_version_enforced = "TLS1_1"
}

resource "azurerm_mysql_server" "refused_unsaid" {
  name                         = "refused-unsaid"
  resource_group_name          = "data-platform"
  location                     = "westeurope"
  administrator_login          = "keeper"
  administrator_login_password = var.password
  sku_name                     = "GP_Gen5_2"
  version                      = "8.0"
  ssl_enforcement_enabled      = true
}

resource "azurerm_mysql_server" "allowed" {
  name                             = "allowed"
  resource_group_name              = "data-platform"
  location                         = "westeurope"
  administrator_login              = "keeper"
  administrator_login_password     = var.password
  sku_name                         = "GP_Gen5_2"
  version                          = "8.0"
  ssl_enforcement_enabled          = true
  ssl_minimal_tls_version_enforced = "TLS1_2"
}

variable "password" {
  type      = string
  sensitive = true
}
