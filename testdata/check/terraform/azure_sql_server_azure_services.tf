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

resource "azurerm_sql_server" "allowed_without_rules" {
  name                         = "allowed-without-rules"
  resource_group_name          = "data-platform"
  location                     = "westeurope"
  version                      = "12.0"
  administrator_login          = "keeper"
  administrator_login_password = var.password
}

resource "azurerm_sql_firewall_rule" "azure" {
  name                = "azure"
  resource_group_name = "data-platform"
  server_name         = azurerm_sql_server.refused.name
  start_ip_address    = "0.0.0.0"
  end_ip_address      = "0.0.0.0"
}

resource "azurerm_sql_firewall_rule" "office" {
  name                = "office"
  resource_group_name = "data-platform"
  server_name         = azurerm_sql_server.allowed.name
  start_ip_address    = "203.0.113.7"
  end_ip_address      = "203.0.113.9"
}

variable "password" {
  type      = string
  sensitive = true
}
