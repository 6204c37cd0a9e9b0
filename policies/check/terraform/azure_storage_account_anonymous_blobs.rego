# METADATA
# title: "Blobs of a storage account may be read without signing in"
# description: "Who read them is then known to nobody, whatever the containers say of themselves."
# custom:
#   id: AZURE2-047
#   severity: high
#   checkov: CKV2_AZURE_47
#   fix: "Set allow_nested_items_to_be_public = false."
#   references:
#     - CWE-732
#     - NIST SP 800-53 AC-3
#     - GDPR Art. 32
#     - CIS Azure 2.0.0, 3.7
package custody.check.terraform.azure_storage_account_anonymous_blobs

import data.custody.terraform as tf

findings contains tf.finding(account, "allow_nested_items_to_be_public", "blobs may be read anonymously") if {
	some account in input.resources.azurerm_storage_account
	not tf.no(tf.value(account, "allow_nested_items_to_be_public"))
}
