# METADATA
# title: "A MariaDB server is reachable from the internet"
# description: "Nothing but a password stands between the tables and everybody."
# custom:
#   id: AZURE-048
#   severity: high
#   checkov: CKV_AZURE_48
#   fix: "Set public_network_access_enabled = false and reach it over a private endpoint."
#   references:
#     - CWE-668
#     - NIST SP 800-53 SC-7
#     - GDPR Art. 32
package custody.check.terraform.azure_mariadb_server_public_network

import data.custody.terraform as tf

findings contains tf.finding(server, "public_network_access_enabled", "its public address is open") if {
	some server in input.resources.azurerm_mariadb_server
	not tf.no(tf.value(server, "public_network_access_enabled"))
}
