# METADATA
# title: "What happens in a SQL server is not audited"
# description: "Who queried whose rows cannot be told afterwards, and those people may ask."
# custom:
#   id: AZURE-023
#   severity: medium
#   checkov: CKV_AZURE_23
#   fix: "Add an azurerm_mssql_server_extended_auditing_policy for the server."
#   references:
#     - CWE-778
#     - NIST SP 800-53 AU-12
#     - CIS Azure 2.0.0, 4.1.1
#     - GDPR Art. 32
package custody.check.terraform.azure_sql_server_auditing

import data.custody.terraform as tf

findings contains tf.finding(server, "extended_auditing_policy", "no auditing policy covers it") if {
	some server in tf.resources({"azurerm_mssql_server", "azurerm_sql_server"})
	tf.value(server, "extended_auditing_policy") == null
	not is_audited(server)
}

# Servers of the older kind have no policy beside them.
is_audited(server) if {
	server.type == "azurerm_mssql_server"
	server.address in with_policy
}

with_policy := tf.referred_by("azurerm_mssql_server_extended_auditing_policy")
