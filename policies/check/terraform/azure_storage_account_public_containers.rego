# METADATA
# title: "Containers of a storage account may be made public"
# description: "One container with the wrong access level then shows its files to everybody without a password."
# custom:
#   id: AZURE-190
#   severity: high
#   checkov: CKV_AZURE_190
#   fix: "Set allow_nested_items_to_be_public = false."
#   references:
#     - CWE-732
#     - NIST SP 800-53 AC-3
#     - GDPR Art. 32
#     - CIS Azure 2.0.0, 3.7
package custody.check.terraform.azure_storage_account_public_containers

import data.custody.terraform as tf

findings contains tf.finding(account, "allow_nested_items_to_be_public", "its containers may be opened to everybody") if {
	some account in input.resources.azurerm_storage_account
	not tf.no(tf.value(account, "allow_nested_items_to_be_public"))
}
