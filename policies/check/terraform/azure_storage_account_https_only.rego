# METADATA
# title: "A storage account answers over plain HTTP"
# description: "Rows that are read or written without TLS can be copied and changed on the way."
# custom:
#   id: AZURE-003
#   severity: high
#   checkov: CKV_AZURE_3
#   fix: "Remove enable_https_traffic_only = false (https_traffic_only_enabled from provider version 4 on), or set it to true."
#   references:
#     - CWE-319
#     - NIST SP 800-53 SC-8
#     - GDPR Art. 32
#     - CIS Azure 2.0.0, 3.1
package custody.check.terraform.azure_storage_account_https_only

import data.custody.terraform as tf

findings contains tf.finding(account, argument, "plain HTTP is let in") if {
	some account in input.resources.azurerm_storage_account
	# The second name is the one of version 4 of the provider. TLS is its default.
	some argument in ["enable_https_traffic_only", "https_traffic_only_enabled"]
	account.values[argument] == false
}
