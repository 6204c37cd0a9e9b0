# METADATA
# title: "A BigQuery dataset is open to everybody"
# description: "Everybody with an account of Google queries its rows."
# custom:
#   id: GCP-015
#   severity: critical
#   checkov: CKV_GCP_15
#   fix: "Give access by group_by_email, user_by_email, domain or view, never by a special_group of everybody."
#   references:
#     - CWE-732
#     - NIST SP 800-53 AC-3
#     - GDPR Art. 32
#     - CIS GCP 2.0.0, 7.1
package custody.check.terraform.gcp_bigquery_dataset_public

import data.custody.terraform as tf

findings contains tf.finding(dataset, "access", "an access block lets everybody in") if {
	some dataset in input.resources.google_bigquery_dataset
	some access in tf.blocks(dataset, "access")
	is_for_everybody(access)
}

is_for_everybody(access) if access.special_group in tf.everybody_in_google

is_for_everybody(access) if access.iam_member in tf.everybody_in_google

# A role that is given to nobody by name is how the API shows a role of everybody.
is_for_everybody(access) if {
	whom := {"special_group", "iam_member", "user_by_email", "group_by_email", "domain", "view", "routine", "dataset"}
	count(whom & object.keys(access)) == 0
}
