resource "azurerm_synapse_spark_pool" "refused" {
  name                 = "refused"
  synapse_workspace_id = var.workspace_id
  node_size_family     = "MemoryOptimized"
  node_size            = "XXXLarge"
  node_count           = 3
}

resource "azurerm_synapse_spark_pool" "refused_off" {
  name                      = "refusedoff"
  synapse_workspace_id      = var.workspace_id
  node_size_family          = "MemoryOptimized"
  node_size                 = "XXXLarge"
  node_count                = 3
  compute_isolation_enabled = false
}

resource "azurerm_synapse_spark_pool" "allowed" {
  name                      = "allowed"
  synapse_workspace_id      = var.workspace_id
  node_size_family          = "MemoryOptimized"
  node_size                 = "XXXLarge"
  node_count                = 3
  compute_isolation_enabled = true
}

variable "workspace_id" {
  type = string
}
