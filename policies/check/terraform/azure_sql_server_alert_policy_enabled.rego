# METADATA
# title: "The security alerts of a SQL server are switched off"
# description: "Somebody thought of attacks on the people in these tables, and somebody switched the thought off."
# custom:
#   id: AZURE2-013
#   severity: medium
#   checkov: CKV2_AZURE_13
#   fix: "Set state = Enabled in its azurerm_mssql_server_security_alert_policy."
#   references:
#     - NIST SP 800-53 SI-4
package custody.check.terraform.azure_sql_server_alert_policy_enabled

import data.custody.terraform as tf

findings contains tf.finding(server, "", "its security alert policy is not enabled") if {
	some server in input.resources.azurerm_sql_server
	server.address in switched_off
}

switched_off contains address if {
	some policy in input.resources.azurerm_mssql_server_security_alert_policy
	not tf.among(tf.value(policy, "state"), {"Enabled"})
	some address in tf.referred(policy)
}
