# METADATA
# title: "An AI service has no managed identity"
# description: "It then reads documents with a key that somebody keeps in a file."
# custom:
#   id: AZURE-238
#   severity: low
#   checkov: CKV_AZURE_238
#   fix: "Add identity with type = SystemAssigned."
#   references:
#     - NIST SP 800-53 IA-5
#     - CWE-798
package custody.check.terraform.azure_cognitive_identity

import data.custody.terraform as tf

findings contains tf.finding(account, "identity.type", "no identity is its own") if {
	some account in input.resources.azurerm_cognitive_account
	not tf.given(tf.value(account, "identity.type"))
}
