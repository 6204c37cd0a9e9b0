# METADATA
# title: "A MySQL server is encrypted with a key of Microsoft alone"
# description: "Without a key of your own nobody can make the rows unreadable when they have to be."
# custom:
#   id: AZURE2-016
#   severity: medium
#   checkov: CKV2_AZURE_16
#   fix: "Add an azurerm_mysql_server_key for the server, with an azurerm_key_vault_key."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-12
#     - GDPR Art. 32
package custody.check.terraform.azure_mysql_server_customer_key

import data.custody.terraform as tf

findings contains tf.finding(server, "", "no key of yours encrypts it") if {
	some server in input.resources.azurerm_mysql_server
	not server.address in with_key
}

with_key contains address if {
	some link in input.resources.azurerm_mysql_server_key
	count(tf.referred(link) & keys) > 0
	some address in tf.referred(link)
}

keys := tf.addresses({"azurerm_key_vault_key"})
