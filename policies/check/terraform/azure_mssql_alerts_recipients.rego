# METADATA
# title: "Nobody is named who hears of attacks on a SQL server"
# description: "An alert without an address is a line in a portal."
# custom:
#   id: AZURE-026
#   severity: low
#   checkov: CKV_AZURE_26
#   fix: "Set email_addresses."
#   references:
#     - NIST SP 800-53 SI-4(5)
package custody.check.terraform.azure_mssql_alerts_recipients

import data.custody.terraform as tf

findings contains tf.finding(policy, "email_addresses", "its alerts go to nobody") if {
	some policy in input.resources.azurerm_mssql_server_security_alert_policy
	not tf.given(tf.value(policy, "email_addresses"))
}
