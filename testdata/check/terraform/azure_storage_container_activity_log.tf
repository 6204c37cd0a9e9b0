resource "azurerm_storage_container" "refused" {
  name                  = "refused"
  storage_account_name  = azurerm_storage_account.watched.name
  container_access_type = "blob"
}

resource "azurerm_storage_container" "allowed" {
  name                  = "allowed"
  storage_account_name  = azurerm_storage_account.watched.name
  container_access_type = "private"
}

resource "azurerm_storage_container" "allowed_unwatched" {
  name                  = "allowed-unwatched"
  storage_account_name  = azurerm_storage_account.other.name
  container_access_type = "blob"
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

resource "azurerm_monitor_activity_log_alert" "changes" {
  name                = "changes-of-storage"
  resource_group_name = "data-platform"
  location            = "global"
  scopes              = ["/subscriptions/00000000-0000-0000-0000-000000000000"]

  criteria {
    resource_id    = azurerm_storage_account.watched.id
    operation_name = "Microsoft.Storage/storageAccounts/write"
    category       = "Administrative"
  }
}
