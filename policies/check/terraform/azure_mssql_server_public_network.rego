# METADATA
# title: "A SQL server is reachable from the internet"
# description: "Guessed passwords can then be tried on the warehouse from everywhere."
# custom:
#   id: AZURE-113
#   severity: high
#   checkov: CKV_AZURE_113
#   fix: "Set public_network_access_enabled = false and reach it over a private endpoint."
#   references:
#     - CWE-668
#     - NIST SP 800-53 SC-7
#     - GDPR Art. 32
package custody.check.terraform.azure_mssql_server_public_network

import data.custody.terraform as tf

findings contains tf.finding(server, "public_network_access_enabled", "its public address is open") if {
	some server in input.resources.azurerm_mssql_server
	not tf.no(tf.value(server, "public_network_access_enabled"))
}
