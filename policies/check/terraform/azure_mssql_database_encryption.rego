# METADATA
# title: "A SQL database is not encrypted"
# description: "Its files and backups can be read by whoever gets hold of them."
# custom:
#   id: AZURE2-025
#   severity: high
#   checkov: CKV2_AZURE_25
#   fix: "Remove transparent_data_encryption_enabled = false."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-28
#     - GDPR Art. 32
#     - CIS Azure 2.0.0, 4.1.5
package custody.check.terraform.azure_mssql_database_encryption

import data.custody.terraform as tf

findings contains tf.finding(database, "transparent_data_encryption_enabled", "its files lie in the clear") if {
	some database in input.resources.azurerm_mssql_database
	tf.value(database, "transparent_data_encryption_enabled") == false
}
