# METADATA
# title: "A Redis cache answers without TLS"
# description: "Keys of the cache and all that lies in it travel readable."
# custom:
#   id: AZURE-091
#   severity: high
#   checkov: CKV_AZURE_91
#   fix: "Remove enable_non_ssl_port (non_ssl_port_enabled from provider version 4 on), or set it to false."
#   references:
#     - CWE-319
#     - NIST SP 800-53 SC-8
#     - GDPR Art. 32
package custody.check.terraform.azure_redis_plain_port

import data.custody.terraform as tf

findings contains tf.finding(cache, argument, "its port without TLS is open") if {
	some cache in input.resources.azurerm_redis_cache

	# The second name is the one of version 4 of the provider.
	some argument in ["enable_non_ssl_port", "non_ssl_port_enabled"]
	cache.values[argument] == true
}
