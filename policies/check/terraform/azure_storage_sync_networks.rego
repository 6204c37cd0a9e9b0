# METADATA
# title: "A sync service lets in the whole internet"
# description: "What offices sync to it lies behind one key, wherever that is used from."
# custom:
#   id: AZURE-250
#   severity: high
#   checkov: CKV_AZURE_250
#   fix: "Set incoming_traffic_policy = AllowVirtualNetworksOnly."
#   references:
#     - CWE-668
#     - NIST SP 800-53 SC-7
package custody.check.terraform.azure_storage_sync_networks

import data.custody.terraform as tf

findings contains tf.finding(sync, "incoming_traffic_policy", "networks other than your own may reach it") if {
	some sync in input.resources.azurerm_storage_sync
	not tf.among(tf.value(sync, "incoming_traffic_policy"), {"AllowVirtualNetworksOnly"})
}
