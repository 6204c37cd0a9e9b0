# METADATA
# title: "A Databricks workspace is reachable from the internet"
# description: "Notebooks that read the whole lake can be opened from everywhere with one token."
# custom:
#   id: AZURE-158
#   severity: high
#   checkov: CKV_AZURE_158
#   fix: "Set public_network_access_enabled = false and reach it over a private endpoint."
#   references:
#     - CWE-668
#     - NIST SP 800-53 SC-7
#     - GDPR Art. 32
package custody.check.terraform.azure_databricks_public_network

import data.custody.terraform as tf

findings contains tf.finding(workspace, "public_network_access_enabled", "its public address is open") if {
	some workspace in input.resources.azurerm_databricks_workspace
	not tf.no(tf.value(workspace, "public_network_access_enabled"))
}
