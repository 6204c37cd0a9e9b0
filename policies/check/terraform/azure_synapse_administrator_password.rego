# METADATA
# title: "A Synapse workspace has an administrator with a password"
# description: "The password lies in the state of Terraform, and whoever reads that reads the warehouse."
# custom:
#   id: AZURE-239
#   severity: medium
#   checkov: CKV_AZURE_239
#   fix: "Remove sql_administrator_login_password and set azuread_authentication_only = true."
#   references:
#     - CWE-522
#     - NIST SP 800-53 IA-5
package custody.check.terraform.azure_synapse_administrator_password

import data.custody.terraform as tf

findings contains tf.finding(workspace, "sql_administrator_login_password", "its administrator signs in by a password") if {
	some workspace in input.resources.azurerm_synapse_workspace
	tf.value(workspace, "sql_administrator_login_password") != null
}
