# METADATA
# title: "A Synapse workspace may send data to any tenant"
# description: "One job is enough to copy the warehouse to an account of somebody else."
# custom:
#   id: AZURE-157
#   severity: high
#   checkov: CKV_AZURE_157
#   fix: "Set data_exfiltration_protection_enabled = true together with managed_virtual_network_enabled."
#   references:
#     - CWE-200
#     - NIST SP 800-53 AC-4
#     - GDPR Art. 32
package custody.check.terraform.azure_synapse_exfiltration_protection

import data.custody.terraform as tf

findings contains tf.finding(workspace, "data_exfiltration_protection_enabled", "nothing keeps data from leaving") if {
	some workspace in input.resources.azurerm_synapse_workspace
	not tf.yes(tf.value(workspace, "data_exfiltration_protection_enabled"))
}
