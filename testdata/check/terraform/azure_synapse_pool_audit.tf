resource "azurerm_synapse_sql_pool" "refused" {
  name                 = "refused"
  synapse_workspace_id = var.workspace_id
  sku_name             = "DW100c"
  create_mode          = "Default"
}

resource "azurerm_synapse_sql_pool" "refused_unwatched" {
  name                 = "refusedunwatched"
  synapse_workspace_id = var.workspace_id
  sku_name             = "DW100c"
  create_mode          = "Default"
}

resource "azurerm_synapse_sql_pool" "allowed" {
  name                 = "allowed"
  synapse_workspace_id = var.workspace_id
  sku_name             = "DW100c"
  create_mode          = "Default"
}

resource "azurerm_synapse_sql_pool_extended_auditing_policy" "off" {
  sql_pool_id            = azurerm_synapse_sql_pool.refused_unwatched.id
  log_monitoring_enabled = false
}

resource "azurerm_synapse_sql_pool_extended_auditing_policy" "on" {
  sql_pool_id            = azurerm_synapse_sql_pool.allowed.id
  log_monitoring_enabled = true
}

variable "workspace_id" {
  type = string
}
