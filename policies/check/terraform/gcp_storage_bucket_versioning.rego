# METADATA
# title: "A bucket keeps no earlier versions"
# description: "What a model was trained on is gone with the next upload, and nobody can show it."
# custom:
#   id: GCP-078
#   severity: low
#   checkov: CKV_GCP_78
#   fix: "Add versioning with enabled = true."
#   references:
#     - NIST SP 800-53 CP-9
#     - GDPR Art. 32
package custody.check.terraform.gcp_storage_bucket_versioning

import data.custody.terraform as tf

findings contains tf.finding(bucket, "versioning.enabled", "what is overwritten is lost") if {
	some bucket in input.resources.google_storage_bucket
	not tf.yes(tf.value(bucket, "versioning.enabled"))
}
