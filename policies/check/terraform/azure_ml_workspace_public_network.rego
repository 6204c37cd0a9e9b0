# METADATA
# title: "A machine learning workspace is reachable from the internet"
# description: "Training data, models and notebooks are then a token away from everybody."
# custom:
#   id: AZURE-144
#   severity: high
#   checkov: CKV_AZURE_144
#   fix: "Set public_network_access_enabled = false and reach it over a private endpoint."
#   references:
#     - CWE-668
#     - NIST SP 800-53 SC-7
#     - GDPR Art. 32
package custody.check.terraform.azure_ml_workspace_public_network

import data.custody.terraform as tf

findings contains tf.finding(workspace, "public_network_access_enabled", "its public address is open") if {
	some workspace in input.resources.azurerm_machine_learning_workspace
	not tf.no(tf.value(workspace, "public_network_access_enabled"))
}
