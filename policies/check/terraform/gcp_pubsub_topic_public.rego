# METADATA
# title: "A Pub/Sub topic is open to everybody"
# description: "Everybody may read the messages, or put in what your pipelines then believe."
# custom:
#   id: GCP-099
#   severity: critical
#   checkov: CKV_GCP_99
#   fix: "Give the role to named groups or service accounts, never to allUsers or allAuthenticatedUsers."
#   references:
#     - CWE-732
#     - NIST SP 800-53 AC-3
#     - GDPR Art. 32
package custody.check.terraform.gcp_pubsub_topic_public

import data.custody.terraform as tf

findings contains tf.finding(grant, argument, sprintf("%s may use it", [member])) if {
	some grant in tf.resources({"google_pubsub_topic_iam_binding", "google_pubsub_topic_iam_member"})
	some argument in ["member", "members"]
	some member in tf.list(tf.value(grant, argument))
	member in tf.everybody_in_google
}
