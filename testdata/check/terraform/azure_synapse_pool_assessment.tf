resource "azurerm_synapse_sql_pool_security_alert_policy" "refused" {
  sql_pool_id  = azurerm_synapse_sql_pool.warehouse.id
  policy_state = "Enabled"
}

resource "azurerm_synapse_sql_pool_security_alert_policy" "refused_scanned_once" {
  sql_pool_id  = azurerm_synapse_sql_pool.marts.id
  policy_state = "Enabled"
}

resource "azurerm_synapse_sql_pool_security_alert_policy" "allowed" {
  sql_pool_id  = azurerm_synapse_sql_pool.lake.id
  policy_state = "Enabled"
}

resource "azurerm_synapse_sql_pool" "warehouse" {
  name                 = "warehouse"
  synapse_workspace_id = var.workspace_id
  sku_name             = "DW100c"
  create_mode          = "Default"
}

resource "azurerm_synapse_sql_pool" "marts" {
  name                 = "marts"
  synapse_workspace_id = var.workspace_id
  sku_name             = "DW100c"
  create_mode          = "Default"
}

resource "azurerm_synapse_sql_pool" "lake" {
  name                 = "lake"
  synapse_workspace_id = var.workspace_id
  sku_name             = "DW100c"
  create_mode          = "Default"
}

resource "azurerm_synapse_sql_pool_vulnerability_assessment" "once" {
  sql_pool_security_alert_policy_id = azurerm_synapse_sql_pool_security_alert_policy.refused_scanned_once.id
  storage_container_path            = "https://examplelake.blob.core.windows.net/scans/"

  recurring_scans {
    enabled = false
  }
}

resource "azurerm_synapse_sql_pool_vulnerability_assessment" "weekly" {
  sql_pool_security_alert_policy_id = azurerm_synapse_sql_pool_security_alert_policy.allowed.id
  storage_container_path            = "https://examplelake.blob.core.windows.net/scans/"

  recurring_scans {
    enabled = true
  }
}

variable "workspace_id" {
  type = string
}
