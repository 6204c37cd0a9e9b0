# METADATA
# title: "A BigQuery table is open to everybody"
# description: "Everybody with an account of Google queries its rows."
# custom:
#   id: GCP-100
#   severity: critical
#   checkov: CKV_GCP_100
#   fix: "Give the role to named groups or service accounts, never to allUsers or allAuthenticatedUsers."
#   references:
#     - CWE-732
#     - NIST SP 800-53 AC-3
#     - GDPR Art. 32
#     - CIS GCP 2.0.0, 7.1
package custody.check.terraform.gcp_bigquery_table_public

import data.custody.terraform as tf

findings contains tf.finding(grant, argument, sprintf("%s may use it", [member])) if {
	some grant in tf.resources({"google_bigquery_table_iam_binding", "google_bigquery_table_iam_member"})
	some argument in ["member", "members"]
	some member in tf.list(tf.value(grant, argument))
	member in tf.everybody_in_google
}
