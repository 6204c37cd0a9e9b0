resource "azurerm_eventhub_namespace" "refused" {
  name                = "refused"
  resource_group_name = "data-platform"
  location            = "westeurope"
  sku                 = "Standard"
  capacity            = 2
  minimum_tls_version = "1.0"
}

resource "azurerm_eventhub_namespace" "allowed" {
  name                = "allowed"
  resource_group_name = "data-platform"
  location            = "westeurope"
  sku                 = "Standard"
  capacity            = 2
  minimum_tls_version = "1.2"
}

resource "azurerm_eventhub_namespace" "allowed_default" {
  name                = "allowed-default"
  resource_group_name = "data-platform"
  location            = "westeurope"
  sku                 = "Standard"
  capacity            = 2
}
