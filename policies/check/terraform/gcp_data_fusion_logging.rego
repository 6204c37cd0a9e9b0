# METADATA
# title: "A Data Fusion instance does not send its logs anywhere"
# description: "Which pipeline touched which rows is forgotten with the cluster that ran it."
# custom:
#   id: GCP-104
#   severity: low
#   checkov: CKV_GCP_104
#   fix: "Set enable_stackdriver_logging = true."
#   references:
#     - CWE-778
#     - NIST SP 800-53 AU-12
package custody.check.terraform.gcp_data_fusion_logging

import data.custody.terraform as tf

findings contains tf.finding(instance, "enable_stackdriver_logging", "its logs are not kept") if {
	some instance in input.resources.google_data_fusion_instance
	not tf.yes(tf.value(instance, "enable_stackdriver_logging"))
}
