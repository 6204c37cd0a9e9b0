# METADATA
# title: "A Synapse SQL pool is not encrypted"
# description: "Its files and backups can be read by whoever gets hold of them."
# custom:
#   id: AZURE-241
#   severity: high
#   checkov: CKV_AZURE_241
#   fix: "Set data_encrypted = true."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-28
#     - GDPR Art. 32
package custody.check.terraform.azure_synapse_pool_encryption

import data.custody.terraform as tf

findings contains tf.finding(pool, "data_encrypted", "its files lie in the clear") if {
	some pool in input.resources.azurerm_synapse_sql_pool
	not tf.yes(tf.value(pool, "data_encrypted"))
}
