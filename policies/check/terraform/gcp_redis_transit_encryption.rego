# METADATA
# title: "A Redis instance answers without TLS"
# description: "What jobs keep there travels readable."
# custom:
#   id: GCP-097
#   severity: high
#   checkov: CKV_GCP_97
#   fix: "Set transit_encryption_mode = SERVER_AUTHENTICATION."
#   references:
#     - CWE-319
#     - NIST SP 800-53 SC-8
#     - GDPR Art. 32
package custody.check.terraform.gcp_redis_transit_encryption

import data.custody.terraform as tf

findings contains tf.finding(instance, "transit_encryption_mode", "what it answers is not encrypted") if {
	some instance in input.resources.google_redis_instance
	not tf.among(tf.value(instance, "transit_encryption_mode"), {"SERVER_AUTHENTICATION"})
}
