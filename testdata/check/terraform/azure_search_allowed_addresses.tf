resource "azurerm_search_service" "refused" {
  name                = "refused"
  resource_group_name = "data-platform"
  location            = "westeurope"
  sku                 = "standard"
  allowed_ips         = ["0.0.0.0/0"]
}

resource "azurerm_search_service" "allowed" {
  name                = "allowed"
  resource_group_name = "data-platform"
  location            = "westeurope"
  sku                 = "standard"
  allowed_ips         = ["203.0.113.0/24"]
}

resource "azurerm_search_service" "allowed_unsaid" {
  name                = "allowed-unsaid"
  resource_group_name = "data-platform"
  location            = "westeurope"
  sku                 = "standard"
}
