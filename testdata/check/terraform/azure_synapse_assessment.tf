resource "azurerm_synapse_workspace_vulnerability_assessment" "refused" {
  workspace_security_alert_policy_id = azurerm_synapse_workspace_security_alert_policy.warehouse.id
  storage_container_path             = "https://examplelake.blob.core.windows.net/scans/"

  recurring_scans {
    enabled = false
  }
}

resource "azurerm_synapse_workspace_vulnerability_assessment" "refused_unsaid" {
  workspace_security_alert_policy_id = azurerm_synapse_workspace_security_alert_policy.warehouse.id
  storage_container_path             = "https://examplelake.blob.core.windows.net/scans/"
}

resource "azurerm_synapse_workspace_vulnerability_assessment" "allowed" {
  workspace_security_alert_policy_id = azurerm_synapse_workspace_security_alert_policy.warehouse.id
  storage_container_path             = "https://examplelake.blob.core.windows.net/scans/"

  recurring_scans {
    enabled = true
    emails  = ["watch@example.org"]
  }
}

resource "azurerm_synapse_workspace_security_alert_policy" "warehouse" {
  synapse_workspace_id = azurerm_synapse_workspace.warehouse.id
  policy_state         = "Enabled"
}

resource "azurerm_synapse_workspace" "warehouse" {
  name                                 = "warehouse"
  resource_group_name                  = "data-platform"
  location                             = "westeurope"
  storage_data_lake_gen2_filesystem_id = var.filesystem_id
}

variable "filesystem_id" {
  type = string
}
