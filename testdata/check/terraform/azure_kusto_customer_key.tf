resource "azurerm_kusto_cluster" "refused" {
  name                = "refused"
  resource_group_name = "data-platform"
  location            = "westeurope"

  sku {
    name     = "Standard_E8ads_v5"
    capacity = 2
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

resource "azurerm_kusto_cluster_customer_managed_key" "events" {
  cluster_id   = azurerm_kusto_cluster.allowed.id
  key_vault_id = var.key_vault_id
  key_name     = "events"
  key_version  = "1"
}

variable "key_vault_id" {
  type = string
}
