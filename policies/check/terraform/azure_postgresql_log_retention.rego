# METADATA
# title: "A PostgreSQL server does not keep its logs"
# description: "What happened to the rows is forgotten before anybody asks."
# custom:
#   id: AZURE-146
#   severity: low
#   checkov: CKV_AZURE_146
#   fix: "Set the parameter log_retention to on."
#   references:
#     - CWE-778
#     - NIST SP 800-53 AU-12
#     - CIS Azure 2.0.0, 4.3.6
package custody.check.terraform.azure_postgresql_log_retention

import data.custody.terraform as tf

findings contains tf.finding(parameter, "value", "logs are not kept") if {
	some parameter in input.resources.azurerm_postgresql_configuration
	tf.value(parameter, "name") == "log_retention"
	lower(tf.value(parameter, "value")) == "off"
}
