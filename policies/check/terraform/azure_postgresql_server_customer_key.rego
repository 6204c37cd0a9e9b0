# METADATA
# title: "The key of a PostgreSQL server is not one of this configuration"
# description: "A key that nobody here governs cannot be rotated or withdrawn when the rows have to become unreadable."
# custom:
#   id: AZURE2-017
#   severity: medium
#   checkov: CKV2_AZURE_17
#   fix: "Let server_id name an azurerm_postgresql_server and key_vault_key_id an azurerm_key_vault_key."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-12
#     - GDPR Art. 32
package custody.check.terraform.azure_postgresql_server_customer_key

import data.custody.terraform as tf

findings contains tf.finding(link, "key_vault_key_id", "it does not bind a server to a key that is known here") if {
	some link in input.resources.azurerm_postgresql_server_key
	not binds(link)
}

binds(link) if {
	count(tf.referred(link) & servers) > 0
	count(tf.referred(link) & keys) > 0
}

servers := tf.addresses({"azurerm_postgresql_server"})

keys := tf.addresses({"azurerm_key_vault_key"})
