# METADATA
# title: "A Redis cache takes TLS older than 1.2"
# description: "What jobs put into the cache can be read on the way."
# custom:
#   id: AZURE-148
#   severity: high
#   checkov: CKV_AZURE_148
#   fix: "Set minimum_tls_version to 1.2, as text."
#   references:
#     - CWE-326
#     - NIST SP 800-53 SC-8
package custody.check.terraform.azure_redis_tls_version

import data.custody.terraform as tf

findings contains tf.finding(cache, "minimum_tls_version", "TLS 1.2 is not its least version") if {
	some cache in input.resources.azurerm_redis_cache
	not tf.among(tf.value(cache, "minimum_tls_version"), {"1.2", 1.2})
}
