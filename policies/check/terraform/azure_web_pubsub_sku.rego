# METADATA
# title: "A Web PubSub service has a size without a promise of service"
# description: "Messages may stop at any hour, with nobody to answer for it."
# custom:
#   id: AZURE-175
#   severity: low
#   checkov: CKV_AZURE_175
#   fix: "Set sku = Standard_S1 or better."
#   references:
#     - NIST SP 800-53 CP-10
package custody.check.terraform.azure_web_pubsub_sku

import data.custody.terraform as tf

findings contains tf.finding(service, "sku", "its SKU has no SLA") if {
	some service in input.resources.azurerm_web_pubsub
	tf.value(service, "sku") == "Free_F1"
}
