# METADATA
# title: "A Cosmos DB account takes connections from every network"
# description: "A leaked key is enough to read all documents from anywhere."
# custom:
#   id: AZURE-099
#   severity: high
#   checkov: CKV_AZURE_99
#   fix: "Set public_network_access_enabled = false, or is_virtual_network_filter_enabled = true with virtual_network_rule or ip_range_filter."
#   references:
#     - CWE-668
#     - NIST SP 800-53 SC-7
#     - CIS Azure 2.0.0, 4.5.1
package custody.check.terraform.azure_cosmosdb_network_filter

import data.custody.terraform as tf

findings contains tf.finding(account, "is_virtual_network_filter_enabled", "no filter says which networks come in") if {
	some account in input.resources.azurerm_cosmosdb_account
	not tf.no(tf.value(account, "public_network_access_enabled"))
	not is_filtered(account)
}

is_filtered(account) if {
	tf.yes(tf.value(account, "is_virtual_network_filter_enabled"))
	some filter in ["virtual_network_rule", "ip_range_filter"]
	tf.given(tf.value(account, filter))
}
