# METADATA
# title: "A SQL database keeps no ledger"
# description: "An administrator can change a row and its history, and nothing shows it."
# custom:
#   id: AZURE-224
#   severity: low
#   checkov: CKV_AZURE_224
#   fix: "Set ledger_enabled = true when the database is made; it cannot be added later."
#   references:
#     - CWE-345
#     - NIST SP 800-53 AU-10
package custody.check.terraform.azure_mssql_database_ledger

import data.custody.terraform as tf

findings contains tf.finding(database, "ledger_enabled", "its history can be rewritten") if {
	some database in input.resources.azurerm_mssql_database
	not tf.yes(tf.value(database, "ledger_enabled"))
}
