# METADATA
# title: "A Data Explorer cluster is encrypted once, not twice"
# description: "One broken layer of encryption then shows the events."
# custom:
#   id: AZURE-075
#   severity: low
#   checkov: CKV_AZURE_75
#   fix: "Set double_encryption_enabled = true when the cluster is made."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-28
#     - GDPR Art. 32
package custody.check.terraform.azure_kusto_double_encryption

import data.custody.terraform as tf

findings contains tf.finding(cluster, "double_encryption_enabled", "its second encryption is off") if {
	some cluster in input.resources.azurerm_kusto_cluster
	not tf.yes(tf.value(cluster, "double_encryption_enabled"))
}
