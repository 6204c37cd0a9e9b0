resource "azurerm_data_factory" "refused" {
  name                   = "refused"
  resource_group_name    = "data-platform"
  location               = "westeurope"
  public_network_enabled = true
}

resource "azurerm_data_factory" "refused_unsaid" {
  name                = "refused-unsaid"
  resource_group_name = "data-platform"
  location            = "westeurope"
}

resource "azurerm_data_factory" "allowed" {
  name                   = "allowed"
  resource_group_name    = "data-platform"
  location               = "westeurope"
  public_network_enabled = false
}
