resource "azurerm_storage_account" "refused" {
  name                     = "examplerefused"
  resource_group_name      = "data-platform"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"
}

resource "azurerm_storage_account" "allowed" {
  name                     = "exampleallowed"
  resource_group_name      = "data-platform"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"
}

resource "azurerm_private_endpoint" "inside" {
  name                = "inside"
  resource_group_name = "data-platform"
  location            = "westeurope"
  subnet_id           = var.subnet_id

  private_service_connection {
    name                           = "inside"
    private_connection_resource_id = azurerm_storage_account.allowed.id
    is_manual_connection           = false
    subresource_names              = ["blob"]
  }
}

variable "subnet_id" {
  type = string
}
