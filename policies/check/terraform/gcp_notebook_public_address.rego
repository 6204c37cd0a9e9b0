# METADATA
# title: "A notebook instance has a public address"
# description: "The data in a notebook are then one flaw away from everybody."
# custom:
#   id: GCP-089
#   severity: high
#   checkov: CKV_GCP_89
#   fix: "Set no_public_ip = true."
#   references:
#     - CWE-668
#     - NIST SP 800-53 SC-7
package custody.check.terraform.gcp_notebook_public_address

import data.custody.terraform as tf

findings contains tf.finding(instance, "no_public_ip", "it is reachable from the internet") if {
	some instance in input.resources.google_notebooks_instance
	not tf.yes(tf.value(instance, "no_public_ip"))
}
