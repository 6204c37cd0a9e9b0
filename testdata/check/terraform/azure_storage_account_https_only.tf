resource "azurerm_storage_account" "refused" {
  name                      = "examplelakerefused"
  resource_group_name       = "data-platform"
  location                  = "westeurope"
  account_tier              = "Standard"
  account_replication_type  = "ZRS"
  enable_https_traffic_only = false
}

resource "azurerm_storage_account" "refused_newer" {
  name                       = "examplelakerefusednewer"
  resource_group_name        = "data-platform"
  location                   = "westeurope"
  account_tier               = "Standard"
  account_replication_type   = "ZRS"
  https_traffic_only_enabled = false
}

resource "azurerm_storage_account" "allowed" {
  name                      = "examplelakeallowed"
  resource_group_name       = "data-platform"
  location                  = "westeurope"
  account_tier              = "Standard"
  account_replication_type  = "ZRS"
  enable_https_traffic_only = true
}

resource "azurerm_storage_account" "allowed_default" {
  name                     = "examplelakealloweddefault"
  resource_group_name      = "data-platform"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"
}
