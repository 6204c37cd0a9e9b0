# METADATA
# title: "A key vault deletes keys at once"
# description: "A key that was deleted by mistake takes the data with it."
# custom:
#   id: AZURE-111
#   severity: medium
#   checkov: CKV_AZURE_111
#   fix: "Remove soft_delete_enabled = false: keeping what was deleted is the default."
#   references:
#     - NIST SP 800-53 CP-9
#     - CIS Azure 2.0.0, 8.5
package custody.check.terraform.azure_key_vault_soft_delete

import data.custody.terraform as tf

findings contains tf.finding(vault, "soft_delete_enabled", "what is deleted is gone") if {
	some vault in input.resources.azurerm_key_vault
	tf.value(vault, "soft_delete_enabled") == false
}
