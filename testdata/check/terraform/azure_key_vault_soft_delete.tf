resource "azurerm_key_vault" "refused" {
  name                = "refused"
  resource_group_name = "data-platform"
  location            = "westeurope"
  sku_name            = "premium"
  tenant_id           = data.azurerm_client_config.current.tenant_id
  soft_delete_enabled = false
}

resource "azurerm_key_vault" "allowed" {
  name                = "allowed"
  resource_group_name = "data-platform"
  location            = "westeurope"
  sku_name            = "premium"
  tenant_id           = data.azurerm_client_config.current.tenant_id
  soft_delete_enabled = true
}

resource "azurerm_key_vault" "allowed_default" {
  name                = "allowed-default"
  resource_group_name = "data-platform"
  location            = "westeurope"
  sku_name            = "premium"
  tenant_id           = data.azurerm_client_config.current.tenant_id
}

data "azurerm_client_config" "current" {}
