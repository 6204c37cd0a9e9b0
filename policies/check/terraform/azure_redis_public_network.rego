# METADATA
# title: "A Redis cache is reachable from the internet"
# description: "Sessions and results of whole data sets are then a key away from everybody."
# custom:
#   id: AZURE-089
#   severity: high
#   checkov: CKV_AZURE_89
#   fix: "Set public_network_access_enabled = false and reach it over a private endpoint."
#   references:
#     - CWE-668
#     - NIST SP 800-53 SC-7
#     - GDPR Art. 32
package custody.check.terraform.azure_redis_public_network

import data.custody.terraform as tf

findings contains tf.finding(cache, "public_network_access_enabled", "its public address is open") if {
	some cache in input.resources.azurerm_redis_cache
	not tf.no(tf.value(cache, "public_network_access_enabled"))
}
