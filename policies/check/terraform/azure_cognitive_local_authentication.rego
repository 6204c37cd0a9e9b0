# METADATA
# title: "An AI service takes keys"
# description: "Who holds the key asks the model under no name, and no log says who it was."
# custom:
#   id: AZURE-236
#   severity: medium
#   checkov: CKV_AZURE_236
#   fix: "Set local_auth_enabled = false and give access by identities."
#   references:
#     - CWE-522
#     - NIST SP 800-53 IA-5
package custody.check.terraform.azure_cognitive_local_authentication

import data.custody.terraform as tf

findings contains tf.finding(account, "local_auth_enabled", "its keys open it") if {
	some account in input.resources.azurerm_cognitive_account
	not tf.no(tf.value(account, "local_auth_enabled"))
}
