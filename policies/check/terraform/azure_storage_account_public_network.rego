# METADATA
# title: "A storage account is reachable from the internet"
# description: "Between the lake and everybody stands then nothing but a key."
# custom:
#   id: AZURE-059
#   severity: high
#   checkov: CKV_AZURE_59
#   fix: "Set public_network_access_enabled = false and reach the account over a private endpoint."
#   references:
#     - CWE-668
#     - NIST SP 800-53 SC-7
#     - GDPR Art. 32
package custody.check.terraform.azure_storage_account_public_network

import data.custody.terraform as tf

findings contains tf.finding(account, "public_network_access_enabled", "its public address is open") if {
	some account in input.resources.azurerm_storage_account
	not tf.no(tf.value(account, "public_network_access_enabled"))
}
