resource "azurerm_key_vault" "refused" {
  name                = "refused"
  resource_group_name = "data-platform"
  location            = "westeurope"
  sku_name            = "premium"
  tenant_id           = data.azurerm_client_config.current.tenant_id
}

resource "azurerm_key_vault" "allowed" {
  name                = "allowed"
  resource_group_name = "data-platform"
  location            = "westeurope"
  sku_name            = "premium"
  tenant_id           = data.azurerm_client_config.current.tenant_id
}

resource "azurerm_private_endpoint" "inside" {
  name                = "inside"
  resource_group_name = "data-platform"
  location            = "westeurope"
  subnet_id           = var.subnet_id

  private_service_connection {
    name                           = "inside"
    private_connection_resource_id = azurerm_key_vault.allowed.id
    is_manual_connection           = false
    subresource_names              = ["vault"]
  }
}

variable "subnet_id" {
  type = string
}

data "azurerm_client_config" "current" {}
