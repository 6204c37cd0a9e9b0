# METADATA
# title: "What happens in a Synapse workspace is not audited"
# description: "Who queried whose rows cannot be told afterwards."
# custom:
#   id: AZURE2-053
#   severity: medium
#   checkov: CKV2_AZURE_53
#   fix: "Add an azurerm_synapse_workspace_extended_auditing_policy for the workspace."
#   references:
#     - CWE-778
#     - NIST SP 800-53 AU-12
#     - GDPR Art. 32
package custody.check.terraform.azure_synapse_audit

import data.custody.terraform as tf

findings contains tf.finding(workspace, "", "no auditing policy covers it") if {
	some workspace in input.resources.azurerm_synapse_workspace
	not workspace.address in audited
}

audited := tf.referred_by("azurerm_synapse_workspace_extended_auditing_policy")
