# METADATA
# title: "Azure File Sync takes traffic from every network"
# description: "Copies of file servers, with all that people left there, are then a password away from everybody."
# custom:
#   id: AZURE-064
#   severity: high
#   checkov: CKV_AZURE_64
#   fix: "Set incoming_traffic_policy = AllowVirtualNetworksOnly."
#   references:
#     - CWE-668
#     - NIST SP 800-53 SC-7
package custody.check.terraform.azure_storage_sync_traffic

import data.custody.terraform as tf

findings contains tf.finding(sync, "incoming_traffic_policy", "it is not restricted to virtual networks") if {
	some sync in input.resources.azurerm_storage_sync
	not tf.among(tf.value(sync, "incoming_traffic_policy"), {"AllowVirtualNetworksOnly"})
}
