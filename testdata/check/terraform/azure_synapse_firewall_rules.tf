resource "azurerm_synapse_workspace" "refused" {
  name                                 = "refused"
  resource_group_name                  = "data-platform"
  location                             = "westeurope"
  storage_data_lake_gen2_filesystem_id = var.filesystem_id
}

resource "azurerm_synapse_workspace" "allowed" {
  name                                 = "allowed"
  resource_group_name                  = "data-platform"
  location                             = "westeurope"
  storage_data_lake_gen2_filesystem_id = var.filesystem_id
}

resource "azurerm_synapse_firewall_rule" "office" {
  name                 = "office"
  synapse_workspace_id = azurerm_synapse_workspace.refused.id
  start_ip_address     = "203.0.113.7"
  end_ip_address       = "203.0.113.9"
}

variable "filesystem_id" {
  type = string
}
