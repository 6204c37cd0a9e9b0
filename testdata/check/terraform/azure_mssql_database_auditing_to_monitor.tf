resource "azurerm_mssql_database_extended_auditing_policy" "refused" {
  database_id            = var.database_id
  log_monitoring_enabled = false
}

resource "azurerm_mssql_database_extended_auditing_policy" "refused_unsaid" {
  database_id = var.database_id
}

resource "azurerm_mssql_database_extended_auditing_policy" "allowed" {
  database_id            = var.database_id
  log_monitoring_enabled = true
}

variable "database_id" {
  type = string
}
