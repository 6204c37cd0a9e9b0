# METADATA
# title: "A notebook runtime has a public address"
# description: "The data in a notebook are then one flaw away from everybody."
# custom:
#   id: GCP2-036
#   severity: high
#   checkov: CKV2_GCP_36
#   fix: "Set virtual_machine.virtual_machine_config.internal_ip_only = true."
#   references:
#     - CWE-668
#     - NIST SP 800-53 SC-7
package custody.check.terraform.gcp_notebook_runtime_public_address

import data.custody.terraform as tf

findings contains tf.finding(runtime, "virtual_machine.virtual_machine_config.internal_ip_only", "it is reachable from the internet") if {
	some runtime in input.resources.google_notebooks_runtime
	not tf.yes(tf.value(runtime, "virtual_machine.virtual_machine_config.internal_ip_only"))
}
