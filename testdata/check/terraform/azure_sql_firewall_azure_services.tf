resource "azurerm_mssql_firewall_rule" "refused" {
  name             = "refused"
  server_id        = var.server_id
  start_ip_address = "0.0.0.0"
  end_ip_address   = "0.0.0.0"
}

resource "azurerm_mssql_firewall_rule" "allowed" {
  name             = "allowed"
  server_id        = var.server_id
  start_ip_address = "203.0.113.7"
  end_ip_address   = "203.0.113.7"
}

variable "server_id" {
  type = string
}
