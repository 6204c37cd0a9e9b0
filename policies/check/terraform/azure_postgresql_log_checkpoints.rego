# METADATA
# title: "A PostgreSQL server does not log its checkpoints"
# description: "Without them nobody can tell which rows a crash may have taken."
# custom:
#   id: AZURE-030
#   severity: low
#   checkov: CKV_AZURE_30
#   fix: "Set the parameter log_checkpoints to on."
#   references:
#     - CWE-778
#     - NIST SP 800-53 AU-12
#     - CIS Azure 2.0.0, 4.3.2
package custody.check.terraform.azure_postgresql_log_checkpoints

import data.custody.terraform as tf

findings contains tf.finding(parameter, "value", "checkpoints are not logged") if {
	some parameter in input.resources.azurerm_postgresql_configuration
	tf.value(parameter, "name") == "log_checkpoints"
	lower(tf.value(parameter, "value")) == "off"
}
