resource "azurerm_postgresql_configuration" "refused" {
  resource_group_name = "data-platform"
  server_name         = "warehouse"
  name                = "log_retention"
  value               = "off"
}

resource "azurerm_postgresql_configuration" "allowed" {
  resource_group_name = "data-platform"
  server_name         = "warehouse"
  name                = "log_retention"
  value               = "on"
}

resource "azurerm_postgresql_configuration" "allowed_other" {
  resource_group_name = "data-platform"
  server_name         = "warehouse"
  name                = "enable_seqscan"
  value               = "off"
}
