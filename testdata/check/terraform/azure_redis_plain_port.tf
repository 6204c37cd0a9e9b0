resource "azurerm_redis_cache" "refused" {
  name                = "refused"
  resource_group_name = "data-platform"
  location            = "westeurope"
  capacity            = 1
  family              = "C"
  sku_name            = "Standard"
  enable_non_ssl_port = true
}

resource "azurerm_redis_cache" "refused_newer" {
  name                 = "refused-newer"
  resource_group_name  = "data-platform"
  location             = "westeurope"
  capacity             = 1
  family               = "C"
  sku_name             = "Standard"
  non_ssl_port_enabled = true
}

resource "azurerm_redis_cache" "allowed" {
  name                = "allowed"
  resource_group_name = "data-platform"
  location            = "westeurope"
  capacity            = 1
  family              = "C"
  sku_name            = "Standard"
  enable_non_ssl_port = false
}

resource "azurerm_redis_cache" "allowed_default" {
  name                = "allowed-default"
  resource_group_name = "data-platform"
  location            = "westeurope"
  capacity            = 1
  family              = "C"
  sku_name            = "Standard"
}
