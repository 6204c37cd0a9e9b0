resource "azurerm_key_vault" "refused" {
  name                = "refused"
  resource_group_name = "data-platform"
  location            = "westeurope"
  sku_name            = "premium"
  tenant_id           = data.azurerm_client_config.current.tenant_id
}

resource "azurerm_key_vault" "refused_without_rules" {
  name                          = "refused-without-rules"
  resource_group_name           = "data-platform"
  location                      = "westeurope"
  sku_name                      = "premium"
  tenant_id                     = data.azurerm_client_config.current.tenant_id
  public_network_access_enabled = true

  network_acls {
    default_action = "Deny"
    bypass         = "None"
  }
}

resource "azurerm_key_vault" "allowed" {
  name                          = "allowed"
  resource_group_name           = "data-platform"
  location                      = "westeurope"
  sku_name                      = "premium"
  tenant_id                     = data.azurerm_client_config.current.tenant_id
  public_network_access_enabled = false
}

resource "azurerm_key_vault" "allowed_by_address" {
  name                = "allowed-by-address"
  resource_group_name = "data-platform"
  location            = "westeurope"
  sku_name            = "premium"
  tenant_id           = data.azurerm_client_config.current.tenant_id

  network_acls {
    default_action = "Deny"
    bypass         = "None"
    ip_rules       = ["203.0.113.7"]
  }
}

resource "azurerm_key_vault" "allowed_by_subnet" {
  name                = "allowed-by-subnet"
  resource_group_name = "data-platform"
  location            = "westeurope"
  sku_name            = "premium"
  tenant_id           = data.azurerm_client_config.current.tenant_id

  network_acls {
    default_action             = "Deny"
    bypass                     = "None"
    virtual_network_subnet_ids = [var.subnet_id]
  }
}

data "azurerm_client_config" "current" {}

variable "subnet_id" {
  type = string
}
