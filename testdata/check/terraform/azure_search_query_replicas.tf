resource "azurerm_search_service" "refused" {
  name                = "refused"
  resource_group_name = "data-platform"
  location            = "westeurope"
  sku                 = "standard"
}

resource "azurerm_search_service" "refused_too_few" {
  name                = "refused-too-few"
  resource_group_name = "data-platform"
  location            = "westeurope"
  sku                 = "standard"
  replica_count       = 1
}

resource "azurerm_search_service" "allowed" {
  name                = "allowed"
  resource_group_name = "data-platform"
  location            = "westeurope"
  sku                 = "standard"
  replica_count       = 2
}
