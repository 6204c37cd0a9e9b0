resource "azurerm_storage_sync" "refused" {
  name                    = "refused"
  resource_group_name     = "offices"
  location                = "westeurope"
  incoming_traffic_policy = "AllowAllTraffic"
}

resource "azurerm_storage_sync" "refused_unsaid" {
  name                = "refused-unsaid"
  resource_group_name = "offices"
  location            = "westeurope"
}

resource "azurerm_storage_sync" "allowed" {
  name                    = "allowed"
  resource_group_name     = "offices"
  location                = "westeurope"
  incoming_traffic_policy = "AllowVirtualNetworksOnly"
}
