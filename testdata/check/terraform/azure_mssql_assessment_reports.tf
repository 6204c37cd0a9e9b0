resource "azurerm_mssql_server_vulnerability_assessment" "refused" {
  server_security_alert_policy_id = azurerm_mssql_server_security_alert_policy.warehouse.id
  storage_container_path          = "https://examplelake.blob.core.windows.net/scans/"

  recurring_scans {
    enabled = true
  }
}

resource "azurerm_mssql_server_vulnerability_assessment" "allowed" {
  server_security_alert_policy_id = azurerm_mssql_server_security_alert_policy.warehouse.id
  storage_container_path          = "https://examplelake.blob.core.windows.net/scans/"

  recurring_scans {
    enabled = true
    emails  = ["watch@example.org"]
  }
}

resource "azurerm_mssql_server_vulnerability_assessment" "allowed_admins" {
  server_security_alert_policy_id = azurerm_mssql_server_security_alert_policy.warehouse.id
  storage_container_path          = "https://examplelake.blob.core.windows.net/scans/"

  recurring_scans {
    enabled                   = true
    email_subscription_admins = true
  }
}

resource "azurerm_mssql_server_security_alert_policy" "warehouse" {
  resource_group_name = "data-platform"
  server_name         = azurerm_mssql_server.warehouse.name
  state               = "Enabled"
}

resource "azurerm_mssql_server" "warehouse" {
  name                         = "warehouse"
  resource_group_name          = "data-platform"
  location                     = "westeurope"
  version                      = "12.0"
  administrator_login          = "keeper"
  administrator_login_password = var.password
}

variable "password" {
  type      = string
  sensitive = true
}
