# METADATA
# title: "A Web PubSub service has no managed identity"
# description: "It then reaches other services with a key that somebody keeps in a file."
# custom:
#   id: AZURE-176
#   severity: low
#   checkov: CKV_AZURE_176
#   fix: "Add identity with type = SystemAssigned."
#   references:
#     - NIST SP 800-53 IA-5
#     - CWE-798
package custody.check.terraform.azure_web_pubsub_identity

import data.custody.terraform as tf

findings contains tf.finding(service, "identity.type", "no identity is its own") if {
	some service in input.resources.azurerm_web_pubsub
	not tf.given(tf.value(service, "identity.type"))
}
