# METADATA
# title: "Disks of a Data Explorer cluster are not encrypted"
# description: "Events of people lie readable on the disks of its machines."
# custom:
#   id: AZURE-074
#   severity: high
#   checkov: CKV_AZURE_74
#   fix: "Set disk_encryption_enabled = true."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-28
#     - GDPR Art. 32
package custody.check.terraform.azure_kusto_disk_encryption

import data.custody.terraform as tf

findings contains tf.finding(cluster, "disk_encryption_enabled", "its disks are not encrypted") if {
	some cluster in input.resources.azurerm_kusto_cluster
	not tf.yes(tf.value(cluster, "disk_encryption_enabled"))
}
