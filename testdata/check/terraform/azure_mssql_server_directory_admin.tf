resource "azurerm_mssql_server" "refused" {
  name                         = "refused"
  resource_group_name          = "data-platform"
  location                     = "westeurope"
  version                      = "12.0"
  administrator_login          = "keeper"
  administrator_login_password = var.password
}

resource "azurerm_mssql_server" "refused_nobody" {
  name                         = "refused-nobody"
  resource_group_name          = "data-platform"
  location                     = "westeurope"
  version                      = "12.0"
  administrator_login          = "keeper"
  administrator_login_password = var.password

  azuread_administrator {
    login_username = " "
    object_id      = var.keepers_id
  }
}

resource "azurerm_mssql_server" "allowed" {
  name                         = "allowed"
  resource_group_name          = "data-platform"
  location                     = "westeurope"
  version                      = "12.0"
  administrator_login          = "keeper"
  administrator_login_password = var.password

  azuread_administrator {
    login_username = "keepers"
    object_id      = var.keepers_id
  }
}

variable "password" {
  type      = string
  sensitive = true
}

variable "keepers_id" {
  type = string
}
