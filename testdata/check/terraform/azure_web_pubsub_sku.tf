resource "azurerm_web_pubsub" "refused" {
  name                = "refused"
  resource_group_name = "data-platform"
  location            = "westeurope"
  capacity            = 1
  sku                 = "Free_F1"
}

resource "azurerm_web_pubsub" "allowed" {
  name                = "allowed"
  resource_group_name = "data-platform"
  location            = "westeurope"
  sku                 = "Standard_S1"
  capacity            = 1
}
