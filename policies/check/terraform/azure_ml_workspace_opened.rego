# METADATA
# title: "A machine learning workspace was opened to the internet on purpose"
# description: "Somebody decided that everybody may try to reach what models were trained on."
# custom:
#   id: AZURE2-049
#   severity: high
#   checkov: CKV2_AZURE_49
#   fix: "Remove public_network_access_enabled = true."
#   references:
#     - CWE-668
#     - NIST SP 800-53 SC-7
package custody.check.terraform.azure_ml_workspace_opened

import data.custody.terraform as tf

findings contains tf.finding(workspace, "public_network_access_enabled", "it is open by its own words") if {
	some workspace in input.resources.azurerm_machine_learning_workspace
	tf.value(workspace, "public_network_access_enabled") == true
}
