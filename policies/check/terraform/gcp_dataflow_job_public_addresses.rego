# METADATA
# title: "Workers of a Dataflow job have public addresses"
# description: "The rows they work on are then one flaw away from everybody."
# custom:
#   id: GCP-094
#   severity: high
#   checkov: CKV_GCP_94
#   fix: "Set ip_configuration = WORKER_IP_PRIVATE."
#   references:
#     - CWE-668
#     - NIST SP 800-53 SC-7
package custody.check.terraform.gcp_dataflow_job_public_addresses

import data.custody.terraform as tf

findings contains tf.finding(job, "ip_configuration", "its workers are reachable from the internet") if {
	some job in input.resources.google_dataflow_job
	not tf.among(tf.value(job, "ip_configuration"), {"WORKER_IP_PRIVATE"})
}
