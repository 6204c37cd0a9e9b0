resource "azurerm_synapse_workspace" "refused" {
  name                                 = "refused"
  resource_group_name                  = "data-platform"
  location                             = "westeurope"
  storage_data_lake_gen2_filesystem_id = var.filesystem_id
  sql_administrator_login              = "keeper"
  sql_administrator_login_password     = var.password
}

resource "azurerm_synapse_workspace" "allowed" {
  name                                 = "allowed"
  resource_group_name                  = "data-platform"
  location                             = "westeurope"
  storage_data_lake_gen2_filesystem_id = var.filesystem_id
  azuread_authentication_only          = true
}

variable "filesystem_id" {
  type = string
}

variable "password" {
  type      = string
  sensitive = true
}
