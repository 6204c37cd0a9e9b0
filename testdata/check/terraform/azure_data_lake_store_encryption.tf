resource "azurerm_data_lake_store" "refused" {
  name                = "refused"
  resource_group_name = "data-platform"
  location            = "westeurope"
  encryption_state    = "Disabled"
}

resource "azurerm_data_lake_store" "refused_unsaid" {
  name                = "refusedunsaid"
  resource_group_name = "data-platform"
  location            = "westeurope"
}

resource "azurerm_data_lake_store" "allowed" {
  name                = "allowed"
  resource_group_name = "data-platform"
  location            = "westeurope"
  encryption_state    = "Enabled"
}
