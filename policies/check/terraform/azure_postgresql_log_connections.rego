# METADATA
# title: "A PostgreSQL server does not log who connects"
# description: "Who was in the database on the day in question cannot be told."
# custom:
#   id: AZURE-031
#   severity: low
#   checkov: CKV_AZURE_31
#   fix: "Set the parameter log_connections to on."
#   references:
#     - CWE-778
#     - NIST SP 800-53 AU-12
#     - CIS Azure 2.0.0, 4.3.3
package custody.check.terraform.azure_postgresql_log_connections

import data.custody.terraform as tf

findings contains tf.finding(parameter, "value", "connections are not logged") if {
	some parameter in input.resources.azurerm_postgresql_configuration
	tf.value(parameter, "name") == "log_connections"
	lower(tf.value(parameter, "value")) == "off"
}
