# METADATA
# title: "A storage account takes its shared key"
# description: "Who holds the key may do everything, under no name, so no log says who read a person out of the lake."
# custom:
#   id: AZURE2-040
#   severity: medium
#   checkov: CKV2_AZURE_40
#   fix: "Set shared_access_key_enabled = false and give access by identities."
#   references:
#     - CWE-522
#     - NIST SP 800-53 IA-5
package custody.check.terraform.azure_storage_account_shared_key

import data.custody.terraform as tf

findings contains tf.finding(account, "shared_access_key_enabled", "its shared key opens it") if {
	some account in input.resources.azurerm_storage_account
	not tf.no(tf.value(account, "shared_access_key_enabled"))
}
