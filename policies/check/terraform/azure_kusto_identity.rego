# METADATA
# title: "A Data Explorer cluster has no managed identity"
# description: "It then reads the lake with a key that somebody keeps in a file."
# custom:
#   id: AZURE-181
#   severity: low
#   checkov: CKV_AZURE_181
#   fix: "Add identity with type = SystemAssigned."
#   references:
#     - NIST SP 800-53 IA-5
#     - CWE-798
package custody.check.terraform.azure_kusto_identity

import data.custody.terraform as tf

findings contains tf.finding(cluster, "identity.type", "no identity is its own") if {
	some cluster in input.resources.azurerm_kusto_cluster
	not tf.given(tf.value(cluster, "identity.type"))
}
