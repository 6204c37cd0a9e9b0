resource "azurerm_mssql_server_security_alert_policy" "refused" {
  resource_group_name = "data-platform"
  server_name         = "warehouse"
  state               = "Enabled"
  disabled_alerts     = ["Sql_Injection"]
}

resource "azurerm_mssql_server_security_alert_policy" "allowed" {
  resource_group_name = "data-platform"
  server_name         = "warehouse"
  state               = "Enabled"
}

resource "azurerm_mssql_server_security_alert_policy" "allowed_none" {
  resource_group_name = "data-platform"
  server_name         = "warehouse"
  state               = "Enabled"
  disabled_alerts     = []
}
