resource "azurerm_synapse_workspace" "refused" {
  name                                 = "refused"
  resource_group_name                  = "data-platform"
  location                             = "westeurope"
  storage_data_lake_gen2_filesystem_id = var.filesystem_id
}

resource "azurerm_synapse_workspace" "refused_off" {
  name                                 = "refused-off"
  resource_group_name                  = "data-platform"
  location                             = "westeurope"
  storage_data_lake_gen2_filesystem_id = var.filesystem_id
  managed_virtual_network_enabled      = false
}

resource "azurerm_synapse_workspace" "allowed" {
  name                                 = "allowed"
  resource_group_name                  = "data-platform"
  location                             = "westeurope"
  storage_data_lake_gen2_filesystem_id = var.filesystem_id
  managed_virtual_network_enabled      = true
}

variable "filesystem_id" {
  type = string
}
