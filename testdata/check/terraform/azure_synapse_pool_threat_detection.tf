resource "azurerm_synapse_sql_pool" "refused" {
  name                 = "refused"
  synapse_workspace_id = var.workspace_id
  sku_name             = "DW100c"
  create_mode          = "Default"
}

resource "azurerm_synapse_sql_pool" "refused_off" {
  name                 = "refusedoff"
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

resource "azurerm_synapse_sql_pool_security_alert_policy" "off" {
  sql_pool_id  = azurerm_synapse_sql_pool.refused_off.id
  policy_state = "Disabled"
}

resource "azurerm_synapse_sql_pool_security_alert_policy" "on" {
  sql_pool_id  = azurerm_synapse_sql_pool.allowed.id
  policy_state = "Enabled"
}

variable "workspace_id" {
  type = string
}
