resource "azurerm_storage_account" "refused" {
  name                            = "exampleanonymous"
  resource_group_name             = "data-platform"
  location                        = "westeurope"
  account_tier                    = "Standard"
  account_replication_type        = "ZRS"
  allow_nested_items_to_be_public = true
}

resource "azurerm_storage_account" "refused_unsaid" {
  name                     = "exampleanonymousunsaid"
  resource_group_name      = "data-platform"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"
}

resource "azurerm_storage_account" "allowed" {
  name                            = "examplesigned"
  resource_group_name             = "data-platform"
  location                        = "westeurope"
  account_tier                    = "Standard"
  account_replication_type        = "ZRS"
  allow_nested_items_to_be_public = false
}
