resource "azurerm_storage_account" "refused" {
  name                     = "examplerefused"
  resource_group_name      = "data-platform"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"

  network_rules {
    default_action = "Deny"
    bypass         = ["Metrics"]
  }
}

resource "azurerm_storage_account" "refused_nothing" {
  name                     = "examplerefusednothing"
  resource_group_name      = "data-platform"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"

  network_rules {
    default_action = "Deny"
    bypass         = ["None"]
  }
}

resource "azurerm_storage_account" "allowed" {
  name                     = "exampleallowed"
  resource_group_name      = "data-platform"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"

  network_rules {
    default_action = "Deny"
    bypass         = ["AzureServices", "Metrics"]
  }
}

resource "azurerm_storage_account" "allowed_default" {
  name                     = "examplealloweddefault"
  resource_group_name      = "data-platform"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"

  network_rules {
    default_action = "Deny"
  }
}

resource "azurerm_storage_account_network_rules" "refused_rules" {
  storage_account_id = azurerm_storage_account.allowed_default.id
  default_action     = "Deny"
  bypass             = ["Logging"]
}

resource "azurerm_storage_account_network_rules" "allowed_rules" {
  storage_account_id = azurerm_storage_account.allowed_default.id
  default_action     = "Deny"
  bypass             = ["AzureServices"]
}
