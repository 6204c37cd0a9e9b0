# METADATA
# title: "A bucket is open to everybody"
# description: "Everybody on the internet reads its files without a password."
# custom:
#   id: GCP-028
#   severity: critical
#   checkov: CKV_GCP_28
#   fix: "Give the role to named groups or service accounts, never to allUsers or allAuthenticatedUsers."
#   references:
#     - CWE-732
#     - NIST SP 800-53 AC-3
#     - GDPR Art. 32
#     - CIS GCP 2.0.0, 5.1
package custody.check.terraform.gcp_storage_bucket_public

import data.custody.terraform as tf

findings contains tf.finding(grant, argument, sprintf("%s may use it", [member])) if {
	some grant in tf.resources({"google_storage_bucket_iam_binding", "google_storage_bucket_iam_member"})
	some argument in ["member", "members"]
	some member in tf.list(tf.value(grant, argument))
	member in tf.everybody_in_google
}
