resource "azurerm_mssql_server_security_alert_policy" "refused" {
  resource_group_name = "data-platform"
  server_name         = "warehouse"
  state               = "Enabled"
}

resource "azurerm_mssql_server_security_alert_policy" "refused_empty" {
  resource_group_name = "data-platform"
  server_name         = "warehouse"
  state               = "Enabled"
  email_addresses     = []
}

resource "azurerm_mssql_server_security_alert_policy" "allowed" {
  resource_group_name = "data-platform"
  server_name         = "warehouse"
  state               = "Enabled"
  email_addresses     = ["watch@example.org"]
}
