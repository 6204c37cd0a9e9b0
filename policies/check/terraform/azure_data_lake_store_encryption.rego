# METADATA
# title: "A Data Lake store is not encrypted"
# description: "All that the lake knows of people lies readable on its disks."
# custom:
#   id: AZURE-105
#   severity: high
#   checkov: CKV_AZURE_105
#   fix: "Set encryption_state = Enabled."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-28
#     - GDPR Art. 32
package custody.check.terraform.azure_data_lake_store_encryption

import data.custody.terraform as tf

findings contains tf.finding(store, "encryption_state", "its files lie in the clear") if {
	some store in input.resources.azurerm_data_lake_store
	not tf.among(tf.value(store, "encryption_state"), {null, "Enabled"})
}
