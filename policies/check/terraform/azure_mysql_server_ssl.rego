# METADATA
# title: "A MySQL server takes connections without TLS"
# description: "Queries and what they answer travel readable for everybody on the way."
# custom:
#   id: AZURE-028
#   severity: high
#   checkov: CKV_AZURE_28
#   fix: "Set ssl_enforcement_enabled = true."
#   references:
#     - CWE-319
#     - NIST SP 800-53 SC-8
#     - GDPR Art. 32
#     - CIS Azure 2.0.0, 4.4.1
package custody.check.terraform.azure_mysql_server_ssl

import data.custody.terraform as tf

findings contains tf.finding(server, "ssl_enforcement_enabled", "TLS is not enforced") if {
	some server in input.resources.azurerm_mysql_server
	not tf.yes(tf.value(server, "ssl_enforcement_enabled"))
}
