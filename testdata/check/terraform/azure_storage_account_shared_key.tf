resource "azurerm_storage_account" "refused" {
  name                      = "examplelakerefused"
  resource_group_name       = "data-platform"
  location                  = "westeurope"
  account_tier              = "Standard"
  account_replication_type  = "ZRS"
  shared_access_key_enabled = true
}

resource "azurerm_storage_account" "refused_unsaid" {
  name                     = "examplelakerefusedunsaid"
  resource_group_name      = "data-platform"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"
}

resource "azurerm_storage_account" "allowed" {
  name                      = "examplelakeallowed"
  resource_group_name       = "data-platform"
  location                  = "westeurope"
  account_tier              = "Standard"
  account_replication_type  = "ZRS"
  shared_access_key_enabled = false
}
