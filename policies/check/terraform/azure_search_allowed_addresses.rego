# METADATA
# title: "A search service allows every address"
# description: "The list of who may ask the index then keeps nobody out."
# custom:
#   id: AZURE-210
#   severity: high
#   checkov: CKV_AZURE_210
#   fix: "Remove 0.0.0.0/0 from allowed_ips."
#   references:
#     - CWE-668
#     - NIST SP 800-53 SC-7
package custody.check.terraform.azure_search_allowed_addresses

import data.custody.terraform as tf

findings contains tf.finding(service, "allowed_ips", "allowed_ips holds 0.0.0.0/0") if {
	some service in input.resources.azurerm_search_service
	"0.0.0.0/0" in tf.list(tf.value(service, "allowed_ips"))
}
