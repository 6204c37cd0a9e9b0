# METADATA
# title: "Machines of a Dataproc cluster have public addresses"
# description: "The rows they work on are then one flaw away from everybody."
# custom:
#   id: GCP-103
#   severity: high
#   checkov: CKV_GCP_103
#   fix: "Set cluster_config.gce_cluster_config.internal_ip_only = true."
#   references:
#     - CWE-668
#     - NIST SP 800-53 SC-7
package custody.check.terraform.gcp_dataproc_cluster_public_addresses

import data.custody.terraform as tf

findings contains tf.finding(cluster, "cluster_config.gce_cluster_config.internal_ip_only", "its machines are reachable from the internet") if {
	some cluster in input.resources.google_dataproc_cluster
	not tf.yes(tf.value(cluster, "cluster_config.gce_cluster_config.internal_ip_only"))
}
