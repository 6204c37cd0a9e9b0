resource "azurerm_virtual_machine" "refused" {
  name                  = "refused"
  resource_group_name   = "data-platform"
  location              = "westeurope"
  network_interface_ids = [var.interface_id]
  vm_size               = "Standard_D4s_v3"

  storage_os_disk {
    name          = "system"
    create_option = "FromImage"
  }
}

resource "azurerm_virtual_machine" "allowed" {
  name                  = "allowed"
  resource_group_name   = "data-platform"
  location              = "westeurope"
  network_interface_ids = [var.interface_id]
  vm_size               = "Standard_D4s_v3"

  storage_os_disk {
    name          = "system"
    create_option = "FromImage"
  }
}

resource "azurerm_backup_protected_vm" "nightly" {
  resource_group_name = "data-platform"
  recovery_vault_name = "vault"
  source_vm_id        = azurerm_virtual_machine.allowed.id
  backup_policy_id    = var.backup_policy_id
}

variable "interface_id" {
  type = string
}

variable "backup_policy_id" {
  type = string
}
