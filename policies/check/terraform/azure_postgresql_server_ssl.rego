# METADATA
# title: "A PostgreSQL server takes connections without TLS"
# description: "Rows and passwords of the database travel readable for everybody on the way."
# custom:
#   id: AZURE-029
#   severity: high
#   checkov: CKV_AZURE_29
#   fix: "Set ssl_enforcement_enabled = true."
#   references:
#     - CWE-319
#     - NIST SP 800-53 SC-8
#     - GDPR Art. 32
#     - CIS Azure 2.0.0, 4.3.1
package custody.check.terraform.azure_postgresql_server_ssl

import data.custody.terraform as tf

findings contains tf.finding(server, "ssl_enforcement_enabled", "TLS is not enforced") if {
	some server in input.resources.azurerm_postgresql_server
	not tf.yes(tf.value(server, "ssl_enforcement_enabled"))
}
