# METADATA
# title: "A Synapse workspace is not assessed again and again"
# description: "What a change opens stays open until somebody looks, and nobody looks."
# custom:
#   id: AZURE2-046
#   severity: low
#   checkov: CKV2_AZURE_46
#   fix: "Set recurring_scans.enabled = true, under a security alert policy of the workspace."
#   references:
#     - NIST SP 800-53 RA-5
package custody.check.terraform.azure_synapse_assessment

import data.custody.terraform as tf

findings contains tf.finding(assessment, "recurring_scans", "nothing scans its workspace again") if {
	some assessment in input.resources.azurerm_synapse_workspace_vulnerability_assessment
	not is_recurring(assessment)
}

is_recurring(assessment) if {
	tf.yes(tf.value(assessment, "recurring_scans.enabled"))
	count(tf.referred(assessment) & policies) > 0
}

# Of a workspace that is known here.
policies contains policy.address if {
	some policy in input.resources.azurerm_synapse_workspace_security_alert_policy
	count(tf.referred(policy) & workspaces) > 0
}

workspaces := tf.addresses({"azurerm_synapse_workspace"})
