# METADATA
# title: "Administrators do not hear of attacks on a SQL server"
# description: "Those who can shut the server do not know that they should."
# custom:
#   id: AZURE-027
#   severity: low
#   checkov: CKV_AZURE_27
#   fix: "Set email_account_admins = true."
#   references:
#     - NIST SP 800-53 SI-4(5)
package custody.check.terraform.azure_mssql_alerts_admins

import data.custody.terraform as tf

findings contains tf.finding(policy, "email_account_admins", "administrators get no mail") if {
	some policy in input.resources.azurerm_mssql_server_security_alert_policy
	not tf.yes(tf.value(policy, "email_account_admins"))
}
