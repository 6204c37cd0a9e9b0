# METADATA
# title: "A Synapse Spark pool shares machines with strangers"
# description: "Rows in memory are then one flaw of the hypervisor away from them."
# custom:
#   id: AZURE-242
#   severity: low
#   checkov: CKV_AZURE_242
#   fix: "Set compute_isolation_enabled = true, with a node size that has it (XXXLarge)."
#   references:
#     - NIST SP 800-53 SC-39
package custody.check.terraform.azure_synapse_spark_isolation

import data.custody.terraform as tf

findings contains tf.finding(pool, "compute_isolation_enabled", "its machines are shared") if {
	some pool in input.resources.azurerm_synapse_spark_pool
	not tf.yes(tf.value(pool, "compute_isolation_enabled"))
}
