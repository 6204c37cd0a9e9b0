resource "azurerm_storage_account" "refused" {
  name                     = "examplerefused"
  resource_group_name      = "data-platform"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"
}

resource "azurerm_storage_account" "refused_without_a_policy" {
  name                      = "examplerefusedwithoutap"
  resource_group_name       = "data-platform"
  location                  = "westeurope"
  account_tier              = "Standard"
  account_replication_type  = "ZRS"
  shared_access_key_enabled = true
}

resource "azurerm_storage_account" "allowed" {
  name                      = "exampleallowed"
  resource_group_name       = "data-platform"
  location                  = "westeurope"
  account_tier              = "Standard"
  account_replication_type  = "ZRS"
  shared_access_key_enabled = true

  sas_policy {
    expiration_period = "07.00:00:00"
  }
}

resource "azurerm_storage_account" "allowed_without_keys" {
  name                      = "exampleallowedwithoutke"
  resource_group_name       = "data-platform"
  location                  = "westeurope"
  account_tier              = "Standard"
  account_replication_type  = "ZRS"
  shared_access_key_enabled = false
}
