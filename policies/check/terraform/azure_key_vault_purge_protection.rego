# METADATA
# title: "Deleted keys of a key vault can be purged"
# description: "Whoever may purge can make all data that hang on a key unreadable within a minute."
# custom:
#   id: AZURE-110
#   severity: medium
#   checkov: CKV_AZURE_110
#   fix: "Set purge_protection_enabled = true."
#   references:
#     - NIST SP 800-53 SC-12
#     - CIS Azure 2.0.0, 8.5
package custody.check.terraform.azure_key_vault_purge_protection

import data.custody.terraform as tf

findings contains tf.finding(vault, "purge_protection_enabled", "what was deleted may be purged") if {
	some vault in input.resources.azurerm_key_vault
	not tf.yes(tf.value(vault, "purge_protection_enabled"))
}
