# METADATA
# title: "A Spanner database may be destroyed by a change of the configuration"
# description: "One careless change takes the rows of everybody in it."
# custom:
#   id: GCP-119
#   severity: low
#   checkov: CKV_GCP_119
#   fix: "Remove deletion_protection = false."
#   references:
#     - NIST SP 800-53 CP-9
#     - GDPR Art. 32
package custody.check.terraform.gcp_spanner_deletion_protection

import data.custody.terraform as tf

findings contains tf.finding(database, "deletion_protection", "Terraform may destroy it") if {
	some database in input.resources.google_spanner_database
	tf.value(database, "deletion_protection") == false
}
