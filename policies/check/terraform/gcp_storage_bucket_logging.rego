# METADATA
# title: "Access to a bucket is not logged"
# description: "Who fetched a file with people in it cannot be told afterwards."
# custom:
#   id: GCP-062
#   severity: low
#   checkov: CKV_GCP_62
#   fix: "Add logging with a log_bucket of its own."
#   references:
#     - CWE-778
#     - NIST SP 800-53 AU-12
package custody.check.terraform.gcp_storage_bucket_logging

import data.custody.terraform as tf

findings contains tf.finding(bucket, "logging", "no bucket gets its access logs") if {
	some bucket in input.resources.google_storage_bucket
	not tf.given(tf.value(bucket, "logging.log_bucket"))
}
