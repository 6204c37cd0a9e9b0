resource "azurerm_storage_account" "refused" {
  name                      = "examplerefused"
  resource_group_name       = "data-platform"
  location                  = "westeurope"
  account_tier              = "Standard"
  account_replication_type  = "ZRS"
  enable_https_traffic_only = false
}

resource "azurerm_storage_account" "refused_newer" {
  name                       = "examplerefusednewer"
  resource_group_name        = "data-platform"
  location                   = "westeurope"
  account_tier               = "Standard"
  account_replication_type   = "ZRS"
  https_traffic_only_enabled = false
}

resource "azurerm_storage_account" "allowed" {
  name                      = "exampleallowed"
  resource_group_name       = "data-platform"
  location                  = "westeurope"
  account_tier              = "Standard"
  account_replication_type  = "ZRS"
  enable_https_traffic_only = true
}

resource "azurerm_storage_account" "allowed_default" {
  name                     = "examplealloweddefault"
  resource_group_name      = "data-platform"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"
}
