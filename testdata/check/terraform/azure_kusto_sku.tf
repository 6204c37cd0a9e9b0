resource "azurerm_kusto_cluster" "refused" {
  name                = "refused"
  resource_group_name = "data-platform"
  location            = "westeurope"

  sku {
    name     = "Dev(No SLA)_Standard_E2a_v4"
    capacity = 1
  }
}

resource "azurerm_kusto_cluster" "allowed" {
  name                = "allowed"
  resource_group_name = "data-platform"
  location            = "westeurope"

  sku {
    name     = "Standard_E8ads_v5"
    capacity = 2
  }
}
