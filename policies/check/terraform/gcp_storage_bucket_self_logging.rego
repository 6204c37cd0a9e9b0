# METADATA
# title: "A bucket logs access to itself"
# description: "Whoever may write to the bucket may then write its history."
# custom:
#   id: GCP-063
#   severity: low
#   checkov: CKV_GCP_63
#   fix: "Name another bucket in logging.log_bucket."
#   references:
#     - CWE-778
#     - NIST SP 800-53 AU-9
package custody.check.terraform.gcp_storage_bucket_self_logging

import data.custody.terraform as tf

findings contains tf.finding(bucket, "logging.log_bucket", "its logs go into itself") if {
	some bucket in input.resources.google_storage_bucket
	bucket.values.logging[0].log_bucket == bucket.values.name
}
