# METADATA
# title: "A Cosmos DB account takes its own keys"
# description: "Who holds a key reads everything, under no name, so no log says who it was."
# custom:
#   id: AZURE-140
#   severity: medium
#   checkov: CKV_AZURE_140
#   fix: "Set local_authentication_disabled = true and give access by identities."
#   references:
#     - CWE-522
#     - NIST SP 800-53 IA-5
package custody.check.terraform.azure_cosmosdb_local_authentication

import data.custody.terraform as tf

findings contains tf.finding(account, "local_authentication_disabled", "its keys open it") if {
	some account in input.resources.azurerm_cosmosdb_account

	# Only the API for SQL knows identities; it is the default.
	tf.value(account, "kind") in {null, "GlobalDocumentDB"}
	not tf.yes(tf.value(account, "local_authentication_disabled"))
}
