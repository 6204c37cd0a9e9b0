# METADATA
# title: "A Data Fusion instance is not monitored"
# description: "Pipelines that fail, or run when none should, are noticed by nobody."
# custom:
#   id: GCP-105
#   severity: low
#   checkov: CKV_GCP_105
#   fix: "Set enable_stackdriver_monitoring = true."
#   references:
#     - NIST SP 800-53 SI-4
package custody.check.terraform.gcp_data_fusion_monitoring

import data.custody.terraform as tf

findings contains tf.finding(instance, "enable_stackdriver_monitoring", "its figures are not kept") if {
	some instance in input.resources.google_data_fusion_instance
	not tf.yes(tf.value(instance, "enable_stackdriver_monitoring"))
}
