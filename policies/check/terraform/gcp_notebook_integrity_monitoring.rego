# METADATA
# title: "The integrity of a notebook instance is not watched"
# description: "A machine that was tampered with goes on reading data as if nothing had happened."
# custom:
#   id: GCP-127
#   severity: low
#   checkov: CKV_GCP_127
#   fix: "Remove enable_integrity_monitoring = false from shielded_instance_config."
#   references:
#     - NIST SP 800-53 SI-7
package custody.check.terraform.gcp_notebook_integrity_monitoring

import data.custody.terraform as tf

findings contains tf.finding(instance, "shielded_instance_config.enable_integrity_monitoring", "its integrity monitoring is off") if {
	some instance in input.resources.google_notebooks_instance
	tf.value(instance, "shielded_instance_config.enable_integrity_monitoring") == false
}
