resource "azurerm_data_lake_store" "refused" {
  name                = "refused"
  resource_group_name = "data-platform"
  location            = "westeurope"
  encryption_state    = "Disabled"
}

resource "azurerm_data_lake_store" "allowed" {
  name                = "allowed"
  resource_group_name = "data-platform"
  location            = "westeurope"
  encryption_state    = "Enabled"
}

resource "azurerm_data_lake_store" "allowed_default" {
  name                = "alloweddefault"
  resource_group_name = "data-platform"
  location            = "westeurope"
}
