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
  data_encrypted       = false
}

resource "azurerm_synapse_sql_pool" "allowed" {
  name                 = "allowed"
  synapse_workspace_id = var.workspace_id
  sku_name             = "DW100c"
  create_mode          = "Default"
  data_encrypted       = true
}

variable "workspace_id" {
  type = string
}
