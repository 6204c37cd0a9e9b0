resource "azurerm_cognitive_account" "refused" {
  name                          = "refused"
  resource_group_name           = "data-platform"
  location                      = "westeurope"
  kind                          = "OpenAI"
  sku_name                      = "S0"
  public_network_access_enabled = true
}

resource "azurerm_cognitive_account" "refused_unsaid" {
  name                = "refused-unsaid"
  resource_group_name = "data-platform"
  location            = "westeurope"
  kind                = "OpenAI"
  sku_name            = "S0"
}

resource "azurerm_cognitive_account" "allowed" {
  name                          = "allowed"
  resource_group_name           = "data-platform"
  location                      = "westeurope"
  kind                          = "OpenAI"
  sku_name                      = "S0"
  public_network_access_enabled = false
}
