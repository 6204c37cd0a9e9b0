resource "azurerm_mssql_database" "refused" {
  name      = "refused"
  server_id = var.server_id
}

resource "azurerm_mssql_database" "refused_off" {
  name           = "refused-off"
  server_id      = var.server_id
  zone_redundant = false
}

resource "azurerm_mssql_database" "allowed" {
  name           = "allowed"
  server_id      = var.server_id
  zone_redundant = true
}

variable "server_id" {
  type = string
}
