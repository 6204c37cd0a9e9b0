# METADATA
# title: "A policy opens a KMS key to everybody"
# description: "Whatever was encrypted with the key can be read by everybody."
# custom:
#   id: GCP-112
#   severity: critical
#   checkov: CKV_GCP_112
#   fix: "Give the role to named groups or service accounts, never to allUsers or allAuthenticatedUsers."
#   references:
#     - CWE-732
#     - NIST SP 800-53 AC-3
#     - GDPR Art. 32
#     - CIS GCP 2.0.0, 1.9
package custody.check.terraform.gcp_kms_key_policy_public

import data.custody.terraform as tf

findings contains tf.finding(grant, argument, sprintf("%s may use it", [member])) if {
	some grant in tf.resources({"google_kms_crypto_key_iam_binding", "google_kms_crypto_key_iam_member"})
	some argument in ["member", "members"]
	some member in tf.list(tf.value(grant, argument))
	member in tf.everybody_in_google
}

findings contains tf.finding(grant, "policy_data", sprintf("%s opens it to everybody", [address])) if {
	some grant in input.resources.google_kms_crypto_key_iam_policy
	some address in grant.references.policy_data
	address in open_policies
}

open_policies contains policy.address if {
	some policy in input.data.google_iam_policy
	some binding in tf.blocks(policy, "binding")
	some member in binding.members
	member in tf.everybody_in_google
}

findings contains tf.finding(grant, "policy_data", sprintf("%s may use it", [member])) if {
	some grant in input.resources.google_kms_crypto_key_iam_policy
	is_string(grant.values.policy_data)
	json.is_valid(grant.values.policy_data)
	some binding in object.get(json.unmarshal(grant.values.policy_data), "bindings", [])
	some member in binding.members
	member in tf.everybody_in_google
}
