resource "azurerm_storage_table" "refused" {
  name                 = "refused"
  storage_account_name = azurerm_storage_account.other.name
}

resource "azurerm_storage_table" "allowed" {
  name                 = "allowed"
  storage_account_name = azurerm_storage_account.watched.name
}

resource "azurerm_storage_account" "watched" {
  name                     = "examplelake"
  resource_group_name      = "data-platform"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"
}

resource "azurerm_storage_account" "other" {
  name                     = "exampleshop"
  resource_group_name      = "data-platform"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"
}

resource "azurerm_log_analytics_storage_insights" "watched" {
  name                = "watched"
  resource_group_name = "data-platform"
  workspace_id        = var.workspace_id
  storage_account_id  = azurerm_storage_account.watched.id
  storage_account_key = azurerm_storage_account.watched.primary_access_key
  table_names         = ["visits"]
}

variable "workspace_id" {
  type = string
}
