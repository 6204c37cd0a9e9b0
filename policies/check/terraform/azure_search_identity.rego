# METADATA
# title: "A search service has no managed identity"
# description: "It then indexes the lake with a key that somebody keeps in a file."
# custom:
#   id: AZURE-207
#   severity: low
#   checkov: CKV_AZURE_207
#   fix: "Add identity with type = SystemAssigned."
#   references:
#     - NIST SP 800-53 IA-5
#     - CWE-798
package custody.check.terraform.azure_search_identity

import data.custody.terraform as tf

findings contains tf.finding(service, "identity.type", "no identity is its own") if {
	some service in input.resources.azurerm_search_service
	not is_its_own(tf.value(service, "identity.type"))
}

is_its_own(type) if contains(type, "SystemAssigned")

is_its_own(type) if tf.unknown(type)
