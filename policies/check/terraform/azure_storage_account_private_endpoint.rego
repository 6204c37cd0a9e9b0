# METADATA
# title: "A storage account has no private endpoint"
# description: "Jobs then reach the lake over its public address, which has to stay open for them."
# custom:
#   id: AZURE2-033
#   severity: medium
#   checkov: CKV2_AZURE_33
#   fix: "Add an azurerm_private_endpoint whose private_service_connection names it, with the subresource blob."
#   references:
#     - CWE-668
#     - NIST SP 800-53 SC-7
#     - CIS Azure 2.0.0, 3.10
package custody.check.terraform.azure_storage_account_private_endpoint

import data.custody.terraform as tf

findings contains tf.finding(account, "", "no private endpoint leads to it") if {
	some account in input.resources.azurerm_storage_account
	not account.address in with_endpoint
}

with_endpoint := tf.referred_by("azurerm_private_endpoint")
