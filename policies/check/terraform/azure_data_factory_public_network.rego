# METADATA
# title: "A data factory is reachable from the internet"
# description: "Whoever steals one token starts pipelines that copy the lake elsewhere."
# custom:
#   id: AZURE-104
#   severity: high
#   checkov: CKV_AZURE_104
#   fix: "Set public_network_enabled = false and reach it over a private endpoint."
#   references:
#     - CWE-668
#     - NIST SP 800-53 SC-7
#     - GDPR Art. 32
package custody.check.terraform.azure_data_factory_public_network

import data.custody.terraform as tf

findings contains tf.finding(factory, "public_network_enabled", "its public address is open") if {
	some factory in input.resources.azurerm_data_factory
	not tf.no(tf.value(factory, "public_network_enabled"))
}
