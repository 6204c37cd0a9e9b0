# METADATA
# title: "A key vault cannot be brought back after it was deleted"
# description: "With the keys go all data that were encrypted with them."
# custom:
#   id: AZURE-042
#   severity: medium
#   checkov: CKV_AZURE_42
#   fix: "Set purge_protection_enabled = true, and do not set soft_delete_enabled = false."
#   references:
#     - NIST SP 800-53 CP-9
#     - NIST SP 800-53 SC-12
#     - CIS Azure 2.0.0, 8.5
package custody.check.terraform.azure_key_vault_recoverable

import data.custody.terraform as tf

findings contains tf.finding(vault, "purge_protection_enabled", "its keys can be lost for good") if {
	some vault in input.resources.azurerm_key_vault
	not is_recoverable(vault)
}

is_recoverable(vault) if {
	tf.yes(tf.value(vault, "purge_protection_enabled"))
	tf.value(vault, "soft_delete_enabled") != false
}
