# METADATA
# title: "A PostgreSQL server is encrypted once, not twice"
# description: "One broken layer of encryption then shows the rows."
# custom:
#   id: AZURE-130
#   severity: low
#   checkov: CKV_AZURE_130
#   fix: "Set infrastructure_encryption_enabled = true when the server is made."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-28
#     - GDPR Art. 32
#     - CIS Azure 2.0.0, 4.3.8
package custody.check.terraform.azure_postgresql_server_infrastructure_encryption

import data.custody.terraform as tf

findings contains tf.finding(server, "infrastructure_encryption_enabled", "its second encryption is off") if {
	some server in input.resources.azurerm_postgresql_server
	not tf.yes(tf.value(server, "infrastructure_encryption_enabled"))
}
