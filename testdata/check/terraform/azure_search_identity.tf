resource "azurerm_search_service" "refused" {
  name                = "refused"
  resource_group_name = "data-platform"
  location            = "westeurope"
  sku                 = "standard"
}

resource "azurerm_search_service" "refused_of_others" {
  name                = "refused-of-others"
  resource_group_name = "data-platform"
  location            = "westeurope"
  sku                 = "standard"

  identity {
    type         = "UserAssigned"
    identity_ids = [var.identity_id]
  }
}

resource "azurerm_search_service" "allowed" {
  name                = "allowed"
  resource_group_name = "data-platform"
  location            = "westeurope"
  sku                 = "standard"

  identity {
    type = "SystemAssigned"
  }
}

variable "identity_id" {
  type = string
}
