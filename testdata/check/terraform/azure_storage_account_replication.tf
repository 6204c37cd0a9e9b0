resource "azurerm_storage_account" "refused" {
  name                     = "examplelakerefused"
  resource_group_name      = "data-platform"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "LRS"
}

resource "azurerm_storage_account" "refused_one_region" {
  name                     = "examplelakerefusedoneregion"
  resource_group_name      = "data-platform"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"
}

resource "azurerm_storage_account" "allowed" {
  name                     = "examplelakeallowed"
  resource_group_name      = "data-platform"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "RAGZRS"
}
