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

resource "azurerm_cosmosdb_account" "refused_on" {
  name                = "refused-on"
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

  local_authentication_disabled = false
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

  local_authentication_disabled = true
}

resource "azurerm_cosmosdb_account" "allowed_mongo" {
  name                = "allowed-mongo"
  resource_group_name = "data-platform"
  location            = "westeurope"
  offer_type          = "Standard"

  consistency_policy {
    consistency_level = "Session"
  }

  geo_location {
    location          = "westeurope"
    failover_priority = 0
  }

  kind = "MongoDB"
}
