# METADATA
# title: "A bucket may be opened to everybody"
# description: "One wrong line in a policy of access then shows its files to the world."
# custom:
#   id: GCP-114
#   severity: high
#   checkov: CKV_GCP_114
#   fix: "Set public_access_prevention = enforced."
#   references:
#     - CWE-732
#     - NIST SP 800-53 AC-3
#     - GDPR Art. 32
#     - CIS GCP 2.0.0, 5.1
package custody.check.terraform.gcp_storage_bucket_public_prevention

import data.custody.terraform as tf

findings contains tf.finding(bucket, "public_access_prevention", "nothing keeps it from being public") if {
	some bucket in input.resources.google_storage_bucket
	not tf.among(tf.value(bucket, "public_access_prevention"), {"enforced"})
}
