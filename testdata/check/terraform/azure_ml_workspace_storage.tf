resource "azurerm_machine_learning_workspace" "refused" {
  name                    = "refused"
  resource_group_name     = "data-platform"
  location                = "westeurope"
  application_insights_id = var.insights_id
  key_vault_id            = var.key_vault_id

  identity {
    type = "SystemAssigned"
  }

  storage_account_id   = azurerm_storage_account.open.id
  high_business_impact = true
}

resource "azurerm_machine_learning_workspace" "allowed" {
  name                    = "allowed"
  resource_group_name     = "data-platform"
  location                = "westeurope"
  application_insights_id = var.insights_id
  key_vault_id            = var.key_vault_id

  identity {
    type = "SystemAssigned"
  }

  storage_account_id   = azurerm_storage_account.closed.id
  high_business_impact = true
}

resource "azurerm_machine_learning_workspace" "allowed_harmless" {
  name                    = "allowed-harmless"
  resource_group_name     = "data-platform"
  location                = "westeurope"
  application_insights_id = var.insights_id
  key_vault_id            = var.key_vault_id

  identity {
    type = "SystemAssigned"
  }

  storage_account_id   = azurerm_storage_account.open.id
  high_business_impact = false
}

resource "azurerm_storage_account" "open" {
  name                     = "examplelake"
  resource_group_name      = "data-platform"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"
}

resource "azurerm_storage_account" "closed" {
  name                          = "exampletraining"
  resource_group_name           = "data-platform"
  location                      = "westeurope"
  account_tier                  = "Standard"
  account_replication_type      = "ZRS"
  public_network_access_enabled = false
}

variable "insights_id" {
  type = string
}

variable "key_vault_id" {
  type = string
}
