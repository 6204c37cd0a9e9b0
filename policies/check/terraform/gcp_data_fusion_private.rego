# METADATA
# title: "A Data Fusion instance has a public address"
# description: "Pipelines that reach every source can be started from everywhere with one stolen session."
# custom:
#   id: GCP-087
#   severity: high
#   checkov: CKV_GCP_87
#   fix: "Set private_instance = true when the instance is made."
#   references:
#     - CWE-668
#     - NIST SP 800-53 SC-7
package custody.check.terraform.gcp_data_fusion_private

import data.custody.terraform as tf

findings contains tf.finding(instance, "private_instance", "it is reachable from the internet") if {
	some instance in input.resources.google_data_fusion_instance
	not tf.yes(tf.value(instance, "private_instance"))
}
