resource "azurerm_storage_account" "refused" {
  name                     = "examplerefused"
  resource_group_name      = "data-platform"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"

  network_rules {
    default_action = "Allow"
    ip_rules       = ["203.0.113.7"]
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
    ip_rules       = ["203.0.113.7"]
  }
}

resource "azurerm_storage_account" "allowed_elsewhere" {
  name                     = "exampleallowedelsewhere"
  resource_group_name      = "data-platform"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"
}

resource "azurerm_storage_account_network_rules" "refused_rules" {
  storage_account_id = azurerm_storage_account.allowed_elsewhere.id
  default_action     = "Allow"
}

resource "azurerm_storage_account_network_rules" "allowed_rules" {
  storage_account_id = azurerm_storage_account.allowed_elsewhere.id
  default_action     = "Deny"
}
