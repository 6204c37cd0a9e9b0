# METADATA
# title: "A virtual machine is not backed up"
# description: "What jobs wrote onto its disks is gone with it."
# custom:
#   id: AZURE2-012
#   severity: low
#   checkov: CKV2_AZURE_12
#   fix: "Add an azurerm_backup_protected_vm whose source_vm_id names it."
#   references:
#     - NIST SP 800-53 CP-9
#     - GDPR Art. 32
package custody.check.terraform.azure_virtual_machine_backup

import data.custody.terraform as tf

findings contains tf.finding(machine, "", "no backup protects it") if {
	some machine in input.resources.azurerm_virtual_machine
	not machine.address in backed_up
}

backed_up := tf.referred_by("azurerm_backup_protected_vm")
