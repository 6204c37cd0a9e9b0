# METADATA
# title: "A key vault has no private endpoint"
# description: "Keys that open every data set are then fetched over a public address."
# custom:
#   id: AZURE2-032
#   severity: medium
#   checkov: CKV2_AZURE_32
#   fix: "Add an azurerm_private_endpoint whose private_service_connection names it, with the subresource vault."
#   references:
#     - CWE-668
#     - NIST SP 800-53 SC-7
#     - CIS Azure 2.0.0, 8.7
package custody.check.terraform.azure_key_vault_private_endpoint

import data.custody.terraform as tf

findings contains tf.finding(vault, "", "no private endpoint leads to it") if {
	some vault in input.resources.azurerm_key_vault
	not vault.address in with_endpoint
}

with_endpoint := tf.referred_by("azurerm_private_endpoint")
