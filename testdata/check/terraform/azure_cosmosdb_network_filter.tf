resource "azurerm_cosmosdb_account" "refused" {
  name                = "refused"
  resource_group_name = "data-platform"
  location            = "westeurope"
  offer_type          = "Standard"
  kind                = "GlobalDocumentDB"

  consistency_policy {
    consistency_level = "Session"
  }

  geo_location {
    location          = "westeurope"
    failover_priority = 0
  }
}

resource "azurerm_cosmosdb_account" "refused_without_rules" {
  name                = "refused-without-rules"
  resource_group_name = "data-platform"
  location            = "westeurope"
  offer_type          = "Standard"
  kind                = "GlobalDocumentDB"

  consistency_policy {
    consistency_level = "Session"
  }

  geo_location {
    location          = "westeurope"
    failover_priority = 0
  }

  is_virtual_network_filter_enabled = true
}

resource "azurerm_cosmosdb_account" "allowed" {
  name                = "allowed"
  resource_group_name = "data-platform"
  location            = "westeurope"
  offer_type          = "Standard"
  kind                = "GlobalDocumentDB"

  consistency_policy {
    consistency_level = "Session"
  }

  geo_location {
    location          = "westeurope"
    failover_priority = 0
  }

  public_network_access_enabled = false
}

resource "azurerm_cosmosdb_account" "allowed_by_address" {
  name                = "allowed-by-address"
  resource_group_name = "data-platform"
  location            = "westeurope"
  offer_type          = "Standard"
  kind                = "GlobalDocumentDB"

  consistency_policy {
    consistency_level = "Session"
  }

  geo_location {
    location          = "westeurope"
    failover_priority = 0
  }

  is_virtual_network_filter_enabled = true
  ip_range_filter                   = "203.0.113.7"
}

resource "azurerm_cosmosdb_account" "allowed_by_subnet" {
  name                = "allowed-by-subnet"
  resource_group_name = "data-platform"
  location            = "westeurope"
  offer_type          = "Standard"
  kind                = "GlobalDocumentDB"

  consistency_policy {
    consistency_level = "Session"
  }

  geo_location {
    location          = "westeurope"
    failover_priority = 0
  }

  is_virtual_network_filter_enabled = true

  virtual_network_rule {
    id = var.subnet_id
  }
}

variable "subnet_id" {
  type = string
}
