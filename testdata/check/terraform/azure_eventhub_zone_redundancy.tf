resource "azurerm_eventhub_namespace" "refused" {
  name                = "refused"
  resource_group_name = "data-platform"
  sku                 = "Standard"
  capacity            = 2
  location            = "westus"
}

resource "azurerm_eventhub_namespace" "allowed" {
  name                = "allowed"
  resource_group_name = "data-platform"
  sku                 = "Standard"
  capacity            = 2
  location            = "West Europe"
}

resource "azurerm_eventhub_namespace" "allowed_short" {
  name                = "allowed-short"
  resource_group_name = "data-platform"
  sku                 = "Standard"
  capacity            = 2
  location            = "westeurope"
}
