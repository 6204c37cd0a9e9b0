# METADATA
# title: "A notebook instance has no virtual trusted module"
# description: "A changed start of the machine goes unseen, and all data loaded there with it."
# custom:
#   id: GCP-126
#   severity: low
#   checkov: CKV_GCP_126
#   fix: "Remove enable_vtpm = false from shielded_instance_config."
#   references:
#     - NIST SP 800-53 SI-7
package custody.check.terraform.gcp_notebook_trusted_module

import data.custody.terraform as tf

findings contains tf.finding(instance, "shielded_instance_config.enable_vtpm", "its vTPM is off") if {
	some instance in input.resources.google_notebooks_instance
	tf.value(instance, "shielded_instance_config.enable_vtpm") == false
}
