# METADATA
# title: "A PostgreSQL server lets passwords be tried without a pause"
# description: "Millions of tries in a night find the weak one."
# custom:
#   id: AZURE-032
#   severity: low
#   checkov: CKV_AZURE_32
#   fix: "Set the parameter connection_throttling to on."
#   references:
#     - CWE-307
#     - NIST SP 800-53 AC-7
#     - CIS Azure 2.0.0, 4.3.5
package custody.check.terraform.azure_postgresql_connection_throttling

import data.custody.terraform as tf

findings contains tf.finding(parameter, "value", "failed logins are not slowed down") if {
	some parameter in input.resources.azurerm_postgresql_configuration
	tf.value(parameter, "name") == "connection_throttling"
	lower(tf.value(parameter, "value")) == "off"
}
