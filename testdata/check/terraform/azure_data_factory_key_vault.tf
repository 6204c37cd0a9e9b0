resource "azurerm_data_factory" "refused" {
  name                = "refused"
  resource_group_name = "data-platform"
  location            = "westeurope"
}

resource "azurerm_data_factory" "allowed" {
  name                = "allowed"
  resource_group_name = "data-platform"
  location            = "westeurope"
}

resource "azurerm_data_factory_linked_service_key_vault" "keys" {
  name            = "keys"
  data_factory_id = azurerm_data_factory.allowed.id
  key_vault_id    = var.key_vault_id
}

variable "key_vault_id" {
  type = string
}
