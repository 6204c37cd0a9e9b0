# METADATA
# title: "A Redis cache has no second node"
# description: "One failed machine takes what jobs had put there and not yet written anywhere."
# custom:
#   id: AZURE-230
#   severity: low
#   checkov: CKV_AZURE_230
#   fix: "Set sku_name to Standard or Premium."
#   references:
#     - NIST SP 800-53 CP-10
package custody.check.terraform.azure_redis_replication

import data.custody.terraform as tf

findings contains tf.finding(cache, "sku_name", "it stands on one machine") if {
	some cache in input.resources.azurerm_redis_cache
	not tf.among(tf.value(cache, "sku_name"), {"Standard", "Premium"})
}
