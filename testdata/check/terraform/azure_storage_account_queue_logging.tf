resource "azurerm_storage_account" "refused" {
  name                     = "examplerefused"
  resource_group_name      = "data-platform"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"
}

resource "azurerm_storage_account" "refused_in_part" {
  name                     = "examplerefusedinpart"
  resource_group_name      = "data-platform"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"

  queue_properties {
    logging {
      version               = "1.0"
      delete                = true
      read                  = false
      write                 = true
      retention_policy_days = 90
    }
  }
}

resource "azurerm_storage_account" "allowed" {
  name                     = "exampleallowed"
  resource_group_name      = "data-platform"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"

  queue_properties {
    logging {
      version               = "1.0"
      delete                = true
      read                  = true
      write                 = true
      retention_policy_days = 90
    }
  }
}

resource "azurerm_storage_account" "allowed_without_queues" {
  name                     = "exampleallowedwithoutqu"
  resource_group_name      = "data-platform"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"
  account_kind             = "BlobStorage"
}
