# METADATA
# title: "The audit of a SQL database does not go to the log monitor"
# description: "An audit that nobody can search is found empty when it is needed."
# custom:
#   id: AZURE-156
#   severity: low
#   checkov: CKV_AZURE_156
#   fix: "Set log_monitoring_enabled = true."
#   references:
#     - CWE-778
#     - NIST SP 800-53 AU-12
#     - CIS Azure 2.0.0, 4.1.1
package custody.check.terraform.azure_mssql_database_auditing_to_monitor

import data.custody.terraform as tf

findings contains tf.finding(policy, "log_monitoring_enabled", "it is not sent to the log monitor") if {
	some policy in input.resources.azurerm_mssql_database_extended_auditing_policy
	not tf.yes(tf.value(policy, "log_monitoring_enabled"))
}
