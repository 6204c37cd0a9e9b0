# METADATA
# title: "Attacks on a SQL server are not detected"
# description: "Injected queries and guessed passwords then go on until the rows turn up somewhere."
# custom:
#   id: AZURE2-002
#   severity: medium
#   checkov: CKV2_AZURE_2
#   fix: "Add an azurerm_mssql_server_security_alert_policy for the server with state = Enabled."
#   references:
#     - NIST SP 800-53 SI-4
#     - NIST SP 800-53 RA-5
#     - CIS Azure 2.0.0, 4.2.2
package custody.check.terraform.azure_sql_server_threat_detection

import data.custody.terraform as tf

findings contains tf.finding(server, "", "no enabled security alert policy covers it") if {
	some server in tf.resources({"azurerm_mssql_server", "azurerm_sql_server"})
	not server.address in watched
}

watched contains address if {
	some policy in input.resources.azurerm_mssql_server_security_alert_policy
	tf.among(tf.value(policy, "state"), {"Enabled"})
	some address in tf.referred(policy)
}
