# METADATA
# title: "Machines that train models stay up without work"
# description: "A machine that nobody watches keeps copies of training data and waits for whoever finds it."
# custom:
#   id: AZURE-150
#   severity: low
#   checkov: CKV_AZURE_150
#   fix: "Set scale_settings.min_node_count = 0."
#   references:
#     - NIST SP 800-53 SC-5
package custody.check.terraform.azure_ml_cluster_idle_nodes

import data.custody.terraform as tf

findings contains tf.finding(cluster, "scale_settings.min_node_count", "some of its nodes never stop") if {
	some cluster in input.resources.azurerm_machine_learning_compute_cluster
	not may_be_none(tf.value(cluster, "scale_settings.min_node_count"))
}

may_be_none(nodes) if tf.number(nodes) == 0

may_be_none(nodes) if tf.unknown(nodes)
