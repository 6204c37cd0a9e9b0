resource "azurerm_databricks_workspace" "refused" {
  name                = "refused"
  resource_group_name = "data-platform"
  location            = "westeurope"
  sku                 = "premium"
}

resource "azurerm_databricks_workspace" "refused_without_a_key" {
  name                         = "refused-without-a-key"
  resource_group_name          = "data-platform"
  location                     = "westeurope"
  sku                          = "premium"
  customer_managed_key_enabled = true
}

resource "azurerm_databricks_workspace" "allowed" {
  name                         = "allowed"
  resource_group_name          = "data-platform"
  location                     = "westeurope"
  sku                          = "premium"
  customer_managed_key_enabled = true
}

resource "azurerm_databricks_workspace" "allowed_standard" {
  name                = "allowed-standard"
  resource_group_name = "data-platform"
  location            = "westeurope"
  sku                 = "standard"
}

resource "azurerm_databricks_workspace_root_dbfs_customer_managed_key" "root" {
  workspace_id     = azurerm_databricks_workspace.allowed.id
  key_vault_key_id = var.key_id
}

variable "key_id" {
  type = string
}
