resource "azurerm_key_vault" "refused" {
  name                = "refused"
  resource_group_name = "data-platform"
  location            = "westeurope"
  sku_name            = "premium"
  tenant_id           = data.azurerm_client_config.current.tenant_id
}

resource "azurerm_key_vault" "refused_open" {
  name                = "refused-open"
  resource_group_name = "data-platform"
  location            = "westeurope"
  sku_name            = "premium"
  tenant_id           = data.azurerm_client_config.current.tenant_id

  network_acls {
    default_action = "Allow"
    bypass         = "AzureServices"
  }
}

resource "azurerm_key_vault" "allowed" {
  name                = "allowed"
  resource_group_name = "data-platform"
  location            = "westeurope"
  sku_name            = "premium"
  tenant_id           = data.azurerm_client_config.current.tenant_id

  network_acls {
    default_action = "Deny"
    bypass         = "AzureServices"
    ip_rules       = ["203.0.113.7"]
  }
}

data "azurerm_client_config" "current" {}
