# METADATA
# title: "A SQL server of the older kind has no administrator from the directory"
# description: "Whoever knows the one shared password reads everybody's rows under no name of their own."
# custom:
#   id: AZURE2-007
#   severity: medium
#   checkov: CKV2_AZURE_7
#   fix: "Add an azurerm_sql_active_directory_administrator for the server."
#   references:
#     - CWE-287
#     - NIST SP 800-53 IA-2
#     - CIS Azure 2.0.0, 4.1.4
package custody.check.terraform.azure_sql_server_directory_admin

import data.custody.terraform as tf

findings contains tf.finding(server, "", "no account of the directory administers it") if {
	some server in input.resources.azurerm_sql_server
	not server.address in administered
}

administered := tf.referred_by("azurerm_sql_active_directory_administrator")
