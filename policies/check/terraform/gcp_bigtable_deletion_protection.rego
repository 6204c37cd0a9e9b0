# METADATA
# title: "A Bigtable instance may be destroyed by a change of the configuration"
# description: "One careless change takes all tables in it."
# custom:
#   id: GCP-122
#   severity: low
#   checkov: CKV_GCP_122
#   fix: "Set deletion_protection = true."
#   references:
#     - NIST SP 800-53 CP-9
#     - GDPR Art. 32
package custody.check.terraform.gcp_bigtable_deletion_protection

import data.custody.terraform as tf

findings contains tf.finding(instance, "deletion_protection", "Terraform may destroy it") if {
	some instance in input.resources.google_bigtable_instance
	not tf.yes(tf.value(instance, "deletion_protection"))
}
