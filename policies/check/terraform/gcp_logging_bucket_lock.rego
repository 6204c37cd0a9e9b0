# METADATA
# title: "Logs go into a bucket that lets them be deleted"
# description: "Who wants to hide what was done with data deletes the log of it."
# custom:
#   id: GCP2-004
#   severity: low
#   checkov: CKV2_GCP_4
#   fix: "Add retention_policy with is_locked = true to the bucket."
#   references:
#     - CWE-778
#     - NIST SP 800-53 AU-9
#     - CIS GCP 2.0.0, 2.3
package custody.check.terraform.gcp_logging_bucket_lock

import data.custody.terraform as tf

findings contains tf.finding(sink, "destination", sprintf("%s is not locked", [bucket])) if {
	some sink in tf.resources({
		"google_logging_folder_sink",
		"google_logging_organization_sink",
		"google_logging_project_sink",
	})
	some bucket in tf.referred(sink)
	bucket in loose
}

loose contains bucket.address if {
	some bucket in input.resources.google_storage_bucket
	not tf.yes(tf.value(bucket, "retention_policy.is_locked"))
}
