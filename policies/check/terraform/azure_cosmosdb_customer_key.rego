# METADATA
# title: "A Cosmos DB account is encrypted with a key of Microsoft alone"
# description: "Without a key of your own nobody can make the documents unreadable when they have to be."
# custom:
#   id: AZURE-100
#   severity: medium
#   checkov: CKV_AZURE_100
#   fix: "Set key_vault_key_id."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-12
#     - GDPR Art. 32
package custody.check.terraform.azure_cosmosdb_customer_key

import data.custody.terraform as tf

findings contains tf.finding(account, "key_vault_key_id", "no key of yours encrypts it") if {
	some account in input.resources.azurerm_cosmosdb_account
	not tf.given(tf.value(account, "key_vault_key_id"))
}
