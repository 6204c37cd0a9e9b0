# METADATA
# title: "A SQL database stands in one zone alone"
# description: "When the zone is out, nobody gets an answer, not even about their own data."
# custom:
#   id: AZURE-229
#   severity: low
#   checkov: CKV_AZURE_229
#   fix: "Set zone_redundant = true, in a tier that has it."
#   references:
#     - NIST SP 800-53 CP-10
package custody.check.terraform.azure_mssql_database_zone_redundancy

import data.custody.terraform as tf

findings contains tf.finding(database, "zone_redundant", "it has no copy in another zone") if {
	some database in input.resources.azurerm_mssql_database
	not tf.yes(tf.value(database, "zone_redundant"))
}
