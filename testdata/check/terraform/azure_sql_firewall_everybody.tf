resource "azurerm_mssql_firewall_rule" "refused" {
  name             = "refused"
  server_id        = var.server_id
  start_ip_address = "0.0.0.0"
  end_ip_address   = "255.255.255.255"
}

resource "azurerm_postgresql_firewall_rule" "refused_postgresql" {
  name                = "refused-postgresql"
  resource_group_name = "data-platform"
  server_name         = "warehouse"
  start_ip_address    = "0.0.0.0"
  end_ip_address      = "255.255.255.255"
}

resource "azurerm_mssql_firewall_rule" "allowed" {
  name             = "allowed"
  server_id        = var.server_id
  start_ip_address = "203.0.113.7"
  end_ip_address   = "203.0.113.9"
}

variable "server_id" {
  type = string
}
