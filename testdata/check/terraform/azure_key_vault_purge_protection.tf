resource "azurerm_key_vault" "refused" {
  name                = "refused"
  resource_group_name = "data-platform"
  location            = "westeurope"
  sku_name            = "premium"
  tenant_id           = data.azurerm_client_config.current.tenant_id
}

resource "azurerm_key_vault" "refused_off" {
  name                     = "refused-off"
  resource_group_name      = "data-platform"
  location                 = "westeurope"
  sku_name                 = "premium"
  tenant_id                = data.azurerm_client_config.current.tenant_id
  purge_protection_enabled = false
}

resource "azurerm_key_vault" "allowed" {
  name                     = "allowed"
  resource_group_name      = "data-platform"
  location                 = "westeurope"
  sku_name                 = "premium"
  tenant_id                = data.azurerm_client_config.current.tenant_id
  purge_protection_enabled = true
}

data "azurerm_client_config" "current" {}
