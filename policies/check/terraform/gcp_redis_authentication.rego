# METADATA
# title: "A Redis instance asks for no password"
# description: "Every machine of the network reads what jobs keep there."
# custom:
#   id: GCP-095
#   severity: high
#   checkov: CKV_GCP_95
#   fix: "Set auth_enabled = true."
#   references:
#     - CWE-306
#     - NIST SP 800-53 IA-2
package custody.check.terraform.gcp_redis_authentication

import data.custody.terraform as tf

findings contains tf.finding(instance, "auth_enabled", "everybody in the network may read it") if {
	some instance in input.resources.google_redis_instance
	not tf.yes(tf.value(instance, "auth_enabled"))
}
