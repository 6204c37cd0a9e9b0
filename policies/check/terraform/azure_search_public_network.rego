# METADATA
# title: "A search service is reachable from the internet"
# description: "Its index holds the texts it was made of, and one key opens it from everywhere."
# custom:
#   id: AZURE-124
#   severity: high
#   checkov: CKV_AZURE_124
#   fix: "Set public_network_access_enabled = false and reach it over a private endpoint."
#   references:
#     - CWE-668
#     - NIST SP 800-53 SC-7
#     - GDPR Art. 32
package custody.check.terraform.azure_search_public_network

import data.custody.terraform as tf

findings contains tf.finding(service, "public_network_access_enabled", "its public address is open") if {
	some service in input.resources.azurerm_search_service
	not tf.no(tf.value(service, "public_network_access_enabled"))
}
