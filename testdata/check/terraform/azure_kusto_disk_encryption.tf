resource "azurerm_kusto_cluster" "refused" {
  name                = "refused"
  resource_group_name = "data-platform"
  location            = "westeurope"

  sku {
    name     = "Standard_E8ads_v5"
    capacity = 2
  }
}

resource "azurerm_kusto_cluster" "refused_off" {
  name                = "refusedoff"
  resource_group_name = "data-platform"
  location            = "westeurope"

  sku {
    name     = "Standard_E8ads_v5"
    capacity = 2
  }

  disk_encryption_enabled = false
}

resource "azurerm_kusto_cluster" "allowed" {
  name                = "allowed"
  resource_group_name = "data-platform"
  location            = "westeurope"

  sku {
    name     = "Standard_E8ads_v5"
    capacity = 2
  }

  disk_encryption_enabled = true
}
