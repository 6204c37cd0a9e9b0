# METADATA
# title: "Some kinds of attack on a SQL server raise no alert"
# description: "The kind that was switched off is the one that goes unseen."
# custom:
#   id: AZURE-025
#   severity: low
#   checkov: CKV_AZURE_25
#   fix: "Remove disabled_alerts."
#   references:
#     - NIST SP 800-53 SI-4
package custody.check.terraform.azure_mssql_alerts_all_types

import data.custody.terraform as tf

findings contains tf.finding(policy, "disabled_alerts", "some of its alerts are switched off") if {
	some policy in input.resources.azurerm_mssql_server_security_alert_policy
	some alert in tf.list(tf.value(policy, "disabled_alerts"))
	tf.given(alert)
}
