resource "azurerm_storage_container" "refused" {
  name                  = "refused"
  storage_account_name  = "examplelake"
  container_access_type = "blob"
}

resource "azurerm_storage_container" "refused_with_its_list" {
  name                  = "refused-with-its-list"
  storage_account_name  = "examplelake"
  container_access_type = "container"
}

resource "azurerm_storage_container" "allowed" {
  name                  = "allowed"
  storage_account_name  = "examplelake"
  container_access_type = "private"
}

resource "azurerm_storage_container" "allowed_default" {
  name                 = "allowed-default"
  storage_account_name = "examplelake"
}
