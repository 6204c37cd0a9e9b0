# METADATA
# title: "A KMS key may be destroyed by a change of the configuration"
# description: "With the key go all data that were encrypted with it."
# custom:
#   id: GCP-082
#   severity: low
#   checkov: CKV_GCP_82
#   fix: "Add lifecycle with prevent_destroy = true."
#   references:
#     - NIST SP 800-53 SC-12
#     - NIST SP 800-53 CP-9
package custody.check.terraform.gcp_kms_key_prevent_destroy

import data.custody.terraform as tf

findings contains tf.finding(key, "lifecycle.prevent_destroy", "nothing keeps Terraform from destroying it") if {
	some key in input.resources.google_kms_crypto_key
	not tf.yes(tf.value(key, "lifecycle.prevent_destroy"))
}
