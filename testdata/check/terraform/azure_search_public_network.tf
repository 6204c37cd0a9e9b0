resource "azurerm_search_service" "refused" {
  name                          = "refused"
  resource_group_name           = "data-platform"
  location                      = "westeurope"
  sku                           = "standard"
  public_network_access_enabled = true
}

resource "azurerm_search_service" "refused_unsaid" {
  name                = "refused-unsaid"
  resource_group_name = "data-platform"
  location            = "westeurope"
  sku                 = "standard"
}

resource "azurerm_search_service" "allowed" {
  name                          = "allowed"
  resource_group_name           = "data-platform"
  location                      = "westeurope"
  sku                           = "standard"
  public_network_access_enabled = false
}
