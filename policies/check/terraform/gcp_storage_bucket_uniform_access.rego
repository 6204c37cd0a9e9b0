# METADATA
# title: "Files of a bucket have access lists of their own"
# description: "One file in a thousand can be open to all, and no policy shows it."
# custom:
#   id: GCP-029
#   severity: medium
#   checkov: CKV_GCP_29
#   fix: "Set uniform_bucket_level_access = true."
#   references:
#     - CWE-732
#     - NIST SP 800-53 AC-3
#     - GDPR Art. 32
#     - CIS GCP 2.0.0, 5.2
package custody.check.terraform.gcp_storage_bucket_uniform_access

import data.custody.terraform as tf

findings contains tf.finding(bucket, "uniform_bucket_level_access", "single files may have rules of their own") if {
	some bucket in input.resources.google_storage_bucket
	not tf.yes(tf.value(bucket, "uniform_bucket_level_access"))
}
