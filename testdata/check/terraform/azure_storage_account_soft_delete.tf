resource "azurerm_storage_account" "refused" {
  name                     = "examplerefused"
  resource_group_name      = "data-platform"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"
}

resource "azurerm_storage_account" "refused_without_a_policy" {
  name                     = "examplerefusedwithoutap"
  resource_group_name      = "data-platform"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"

  blob_properties {
    versioning_enabled = true
  }
}

resource "azurerm_storage_account" "refused_files" {
  name                     = "examplerefusedfiles"
  resource_group_name      = "data-platform"
  location                 = "westeurope"
  account_replication_type = "ZRS"
  account_tier             = "Premium"
  account_kind             = "FileStorage"

  blob_properties {
    delete_retention_policy {
      days = 30
    }
  }
}

resource "azurerm_storage_account" "allowed" {
  name                     = "exampleallowed"
  resource_group_name      = "data-platform"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"

  blob_properties {
    delete_retention_policy {
      days = 30
    }
  }
}
