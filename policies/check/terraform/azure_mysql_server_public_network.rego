# METADATA
# title: "A MySQL server is reachable from the internet"
# description: "Each leaked password of a job is then enough, from wherever it is tried."
# custom:
#   id: AZURE-053
#   severity: high
#   checkov: CKV_AZURE_53
#   fix: "Set public_network_access_enabled = false and reach it over a private endpoint or a delegated subnet."
#   references:
#     - CWE-668
#     - NIST SP 800-53 SC-7
#     - GDPR Art. 32
package custody.check.terraform.azure_mysql_server_public_network

import data.custody.terraform as tf

findings contains tf.finding(server, "public_network_access_enabled", "its public address is open") if {
	some server in tf.resources({"azurerm_mysql_flexible_server", "azurerm_mysql_server"})
	not tf.no(tf.value(server, "public_network_access_enabled"))
}
