resource "azurerm_cognitive_account" "refused" {
  name                = "refused"
  resource_group_name = "data-platform"
  location            = "westeurope"
  kind                = "OpenAI"
  sku_name            = "S0"
}

resource "azurerm_cognitive_account" "refused_without_names" {
  name                               = "refused-without-names"
  resource_group_name                = "data-platform"
  location                           = "westeurope"
  kind                               = "OpenAI"
  sku_name                           = "S0"
  outbound_network_access_restricted = true
}

resource "azurerm_cognitive_account" "allowed" {
  name                               = "allowed"
  resource_group_name                = "data-platform"
  location                           = "westeurope"
  kind                               = "OpenAI"
  sku_name                           = "S0"
  outbound_network_access_restricted = true
  fqdns                              = ["docs.example.org"]
}

resource "azurerm_cognitive_account" "allowed_other" {
  name                = "allowed-other"
  resource_group_name = "data-platform"
  location            = "westeurope"
  sku_name            = "S0"
  kind                = "TextAnalytics"
}
