# METADATA
# title: "A SQL server has no administrator from the directory"
# description: "Its administrator is then a shared password, and no log tells which person used it on whose data."
# custom:
#   id: AZURE2-027
#   severity: medium
#   checkov: CKV2_AZURE_27
#   fix: "Add azuread_administrator with login_username and object_id."
#   references:
#     - CWE-287
#     - NIST SP 800-53 IA-2
#     - CIS Azure 2.0.0, 4.1.4
package custody.check.terraform.azure_mssql_server_directory_admin

import data.custody.terraform as tf

findings contains tf.finding(server, "azuread_administrator.login_username", "no account of the directory administers it") if {
	some server in input.resources.azurerm_mssql_server
	name := tf.value(server, "azuread_administrator.login_username")
	not names_somebody(name)
}

names_somebody(name) if regex.match(`\S`, name)
