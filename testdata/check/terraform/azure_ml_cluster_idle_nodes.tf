resource "azurerm_machine_learning_compute_cluster" "refused" {
  name                          = "refused"
  location                      = "westeurope"
  machine_learning_workspace_id = var.workspace_id
  vm_priority                   = "LowPriority"
  vm_size                       = "STANDARD_DS2_V2"

  scale_settings {
    min_node_count                       = 1
    max_node_count                       = 4
    scale_down_nodes_after_idle_duration = "PT30S"
  }
}

resource "azurerm_machine_learning_compute_cluster" "allowed" {
  name                          = "allowed"
  location                      = "westeurope"
  machine_learning_workspace_id = var.workspace_id
  vm_priority                   = "LowPriority"
  vm_size                       = "STANDARD_DS2_V2"

  scale_settings {
    min_node_count                       = 0
    max_node_count                       = 4
    scale_down_nodes_after_idle_duration = "PT30S"
  }
}

variable "workspace_id" {
  type = string
}
