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

  customer_managed_key {
    key_name           = "warehouse"
    key_versionless_id = var.key_id
  }
}

variable "filesystem_id" {
  type = string
}

variable "key_id" {
  type = string
}
