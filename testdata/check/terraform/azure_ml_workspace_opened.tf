resource "azurerm_machine_learning_workspace" "refused" {
  name                    = "refused"
  resource_group_name     = "data-platform"
  location                = "westeurope"
  application_insights_id = var.insights_id
  key_vault_id            = var.key_vault_id
  storage_account_id      = var.storage_account_id

  identity {
    type = "SystemAssigned"
  }

  public_network_access_enabled = true
}

resource "azurerm_machine_learning_workspace" "allowed" {
  name                    = "allowed"
  resource_group_name     = "data-platform"
  location                = "westeurope"
  application_insights_id = var.insights_id
  key_vault_id            = var.key_vault_id
  storage_account_id      = var.storage_account_id

  identity {
    type = "SystemAssigned"
  }

  public_network_access_enabled = false
}

resource "azurerm_machine_learning_workspace" "allowed_unsaid" {
  name                    = "allowed-unsaid"
  resource_group_name     = "data-platform"
  location                = "westeurope"
  application_insights_id = var.insights_id
  key_vault_id            = var.key_vault_id
  storage_account_id      = var.storage_account_id

  identity {
    type = "SystemAssigned"
  }
}

variable "insights_id" {
  type = string
}

variable "key_vault_id" {
  type = string
}

variable "storage_account_id" {
  type = string
}
