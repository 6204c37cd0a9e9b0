resource "azurerm_redis_cache" "refused" {
  name                = "refused"
  resource_group_name = "data-platform"
  location            = "westeurope"
  capacity            = 1
  family              = "C"
  sku_name            = "Basic"
}

resource "azurerm_redis_cache" "allowed" {
  name                = "allowed"
  resource_group_name = "data-platform"
  location            = "westeurope"
  capacity            = 1
  family              = "C"
  sku_name            = "Standard"
}

resource "azurerm_redis_cache" "allowed_premium" {
  name                = "allowed-premium"
  resource_group_name = "data-platform"
  location            = "westeurope"
  capacity            = 1
  family              = "P"
  sku_name            = "Premium"
}
