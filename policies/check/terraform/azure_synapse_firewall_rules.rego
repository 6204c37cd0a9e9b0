# METADATA
# title: "A Synapse workspace lets in addresses by firewall rules"
# description: "Addresses change hands, and who has one may then try the warehouse."
# custom:
#   id: AZURE2-019
#   severity: medium
#   checkov: CKV2_AZURE_19
#   fix: "Remove the azurerm_synapse_firewall_rule and use a managed private endpoint."
#   references:
#     - CWE-668
#     - NIST SP 800-53 SC-7
package custody.check.terraform.azure_synapse_firewall_rules

import data.custody.terraform as tf

findings contains tf.finding(workspace, "", "a firewall rule lets addresses in") if {
	some workspace in input.resources.azurerm_synapse_workspace
	workspace.address in opened
}

opened := tf.referred_by("azurerm_synapse_firewall_rule")
