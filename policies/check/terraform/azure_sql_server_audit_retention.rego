# METADATA
# title: "The audit of a SQL server is kept for less than 90 days"
# description: "Thefts are often noticed after months, and then nothing says whose rows left."
# custom:
#   id: AZURE-024
#   severity: low
#   checkov: CKV_AZURE_24
#   fix: "Set retention_in_days to 90 or more in the auditing policy of the server."
#   references:
#     - CWE-778
#     - NIST SP 800-53 AU-11
#     - CIS Azure 2.0.0, 4.1.6
package custody.check.terraform.azure_sql_server_audit_retention

import data.custody.terraform as tf

findings contains tf.finding(server, "extended_auditing_policy.retention_in_days", "its audit is not kept for 90 days") if {
	some server in tf.resources({"azurerm_mssql_server", "azurerm_sql_server"})
	not tf.at_least(tf.value(server, "extended_auditing_policy.retention_in_days"), 90)
	not is_kept(server)
}

# Servers of the older kind have no policy beside them.
is_kept(server) if {
	server.type == "azurerm_mssql_server"
	server.address in kept
}

kept contains address if {
	some policy in input.resources.azurerm_mssql_server_extended_auditing_policy
	tf.at_least(tf.value(policy, "retention_in_days"), 90)
	some address in tf.referred(policy)
}
