# METADATA
# title: "A MariaDB server takes connections without TLS"
# description: "What clients ask of the database, and what it answers, can be read on the way."
# custom:
#   id: AZURE-047
#   severity: high
#   checkov: CKV_AZURE_47
#   fix: "Set ssl_enforcement_enabled = true."
#   references:
#     - CWE-319
#     - NIST SP 800-53 SC-8
#     - GDPR Art. 32
package custody.check.terraform.azure_mariadb_server_ssl

import data.custody.terraform as tf

findings contains tf.finding(server, "ssl_enforcement_enabled", "TLS is not enforced") if {
	some server in input.resources.azurerm_mariadb_server
	not tf.yes(tf.value(server, "ssl_enforcement_enabled"))
}
