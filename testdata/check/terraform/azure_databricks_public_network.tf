resource "azurerm_databricks_workspace" "refused" {
  name                          = "refused"
  resource_group_name           = "data-platform"
  location                      = "westeurope"
  sku                           = "premium"
  public_network_access_enabled = true
}

resource "azurerm_databricks_workspace" "refused_unsaid" {
  name                = "refused-unsaid"
  resource_group_name = "data-platform"
  location            = "westeurope"
  sku                 = "premium"
}

resource "azurerm_databricks_workspace" "allowed" {
  name                          = "allowed"
  resource_group_name           = "data-platform"
  location                      = "westeurope"
  sku                           = "premium"
  public_network_access_enabled = false
}
