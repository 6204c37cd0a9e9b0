resource "azurerm_mssql_database" "refused" {
  name                                = "refused"
  server_id                           = var.server_id
  transparent_data_encryption_enabled = false
}

resource "azurerm_mssql_database" "allowed" {
  name                                = "allowed"
  server_id                           = var.server_id
  transparent_data_encryption_enabled = true
}

resource "azurerm_mssql_database" "allowed_default" {
  name      = "allowed-default"
  server_id = var.server_id
}

variable "server_id" {
  type = string
}
