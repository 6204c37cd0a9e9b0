# METADATA
# title: "A Spanner database may be dropped"
# description: "Whoever has the rights can drop the rows of everybody in it by one call."
# custom:
#   id: GCP-120
#   severity: low
#   checkov: CKV_GCP_120
#   fix: "Set enable_drop_protection = true."
#   references:
#     - NIST SP 800-53 CP-9
#     - GDPR Art. 32
package custody.check.terraform.gcp_spanner_drop_protection

import data.custody.terraform as tf

findings contains tf.finding(database, "enable_drop_protection", "nothing keeps it from being dropped") if {
	some database in input.resources.google_spanner_database
	not tf.yes(tf.value(database, "enable_drop_protection"))
}
