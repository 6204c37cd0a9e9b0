resource "azurerm_storage_account" "refused" {
  resource_group_name      = "data-platform"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"
  name                     = "Example-Lake"
}

resource "azurerm_storage_account" "refused_nameless" {
  resource_group_name      = "data-platform"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"
  name                     = null
}

resource "azurerm_storage_account" "refused_too_long" {
  resource_group_name      = "data-platform"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"
  name                     = "thelakeofallthedatathatwehave"
}

resource "azurerm_storage_account" "allowed" {
  resource_group_name      = "data-platform"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"
  name                     = "examplelake01"
}

resource "azurerm_storage_account" "allowed_digits" {
  resource_group_name      = "data-platform"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"
  name                     = 2027
}

resource "azurerm_storage_account" "allowed_unknown" {
  resource_group_name      = "data-platform"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"
  name                     = "lake${var.stage}"
}

variable "stage" {
  type = string
}
