# METADATA
# title: "An AI service is reachable from the internet"
# description: "Prompts with what people said can be sent and read with one leaked key, from everywhere."
# custom:
#   id: AZURE-134
#   severity: high
#   checkov: CKV_AZURE_134
#   fix: "Set public_network_access_enabled = false and reach it over a private endpoint."
#   references:
#     - CWE-668
#     - NIST SP 800-53 SC-7
#     - GDPR Art. 32
package custody.check.terraform.azure_cognitive_public_network

import data.custody.terraform as tf

findings contains tf.finding(account, "public_network_access_enabled", "its public address is open") if {
	some account in input.resources.azurerm_cognitive_account
	not tf.no(tf.value(account, "public_network_access_enabled"))
}
