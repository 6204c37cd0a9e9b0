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

resource "azurerm_synapse_workspace_extended_auditing_policy" "audit" {
  synapse_workspace_id = azurerm_synapse_workspace.allowed.id
  storage_endpoint     = "https://exampleaudit.blob.core.windows.net/"
  retention_in_days    = 180
}

variable "filesystem_id" {
  type = string
}
