# METADATA
# title: "A Synapse workspace has no network of its own"
# description: "Its Spark pools share one with strangers, and rows leave by any way."
# custom:
#   id: AZURE-058
#   severity: medium
#   checkov: CKV_AZURE_58
#   fix: "Set managed_virtual_network_enabled = true when the workspace is made."
#   references:
#     - CWE-668
#     - NIST SP 800-53 SC-7
package custody.check.terraform.azure_synapse_managed_network

import data.custody.terraform as tf

findings contains tf.finding(workspace, "managed_virtual_network_enabled", "no managed network isolates it") if {
	some workspace in input.resources.azurerm_synapse_workspace
	not tf.yes(tf.value(workspace, "managed_virtual_network_enabled"))
}
