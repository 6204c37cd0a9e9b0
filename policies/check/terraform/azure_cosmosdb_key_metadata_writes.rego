# METADATA
# title: "Keys of a Cosmos DB account may change its structure"
# description: "A job that should read documents can delete whole containers, and no role stops it."
# custom:
#   id: AZURE-132
#   severity: medium
#   checkov: CKV_AZURE_132
#   fix: "Set access_key_metadata_writes_enabled = false."
#   references:
#     - CWE-269
#     - NIST SP 800-53 AC-6
package custody.check.terraform.azure_cosmosdb_key_metadata_writes

import data.custody.terraform as tf

findings contains tf.finding(account, "access_key_metadata_writes_enabled", "keys may change databases and containers") if {
	some account in input.resources.azurerm_cosmosdb_account
	not tf.no(tf.value(account, "access_key_metadata_writes_enabled"))
}
