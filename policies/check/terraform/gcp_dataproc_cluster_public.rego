# METADATA
# title: "A Dataproc cluster is open to everybody"
# description: "Everybody may run jobs where the data are."
# custom:
#   id: GCP-098
#   severity: critical
#   checkov: CKV_GCP_98
#   fix: "Give the role to named groups or service accounts, never to allUsers or allAuthenticatedUsers."
#   references:
#     - CWE-732
#     - NIST SP 800-53 AC-3
#     - GDPR Art. 32
package custody.check.terraform.gcp_dataproc_cluster_public

import data.custody.terraform as tf

findings contains tf.finding(grant, argument, sprintf("%s may use it", [member])) if {
	some grant in tf.resources({"google_dataproc_cluster_iam_binding", "google_dataproc_cluster_iam_member"})
	some argument in ["member", "members"]
	some member in tf.list(tf.value(grant, argument))
	member in tf.everybody_in_google
}
