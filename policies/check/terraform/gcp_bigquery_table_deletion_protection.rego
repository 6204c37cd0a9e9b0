# METADATA
# title: "A BigQuery table may be destroyed by a change of the configuration"
# description: "One careless change takes the rows, and the proof of what they were."
# custom:
#   id: GCP-121
#   severity: low
#   checkov: CKV_GCP_121
#   fix: "Set deletion_protection = true."
#   references:
#     - NIST SP 800-53 CP-9
#     - GDPR Art. 32
package custody.check.terraform.gcp_bigquery_table_deletion_protection

import data.custody.terraform as tf

findings contains tf.finding(table, "deletion_protection", "Terraform may destroy it") if {
	some table in input.resources.google_bigquery_table
	not tf.yes(tf.value(table, "deletion_protection"))
}
