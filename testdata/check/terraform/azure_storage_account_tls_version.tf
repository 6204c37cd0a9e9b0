resource "azurerm_storage_account" "refused" {
  name                     = "examplelakerefused"
  resource_group_name      = "data-platform"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"
  min_tls_version          = "TLS1_0"
}

resource "azurerm_storage_account" "refused_unsaid" {
  name                     = "examplelakerefusedunsaid"
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
  account_replication_type = "ZRS"
  min_tls_version          = "TLS1_2"
}

resource "azurerm_storage_account" "allowed_newest" {
  name                     = "examplelakeallowednewest"
  resource_group_name      = "data-platform"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"
  min_tls_version          = "TLS1_3"
}
