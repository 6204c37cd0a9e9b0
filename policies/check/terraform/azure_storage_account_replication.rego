# METADATA
# title: "A storage account has no copy in another region"
# description: "When the region is lost, so are the data and every proof of where they came from."
# custom:
#   id: AZURE-206
#   severity: low
#   checkov: CKV_AZURE_206
#   fix: "Set account_replication_type to GRS, RAGRS, GZRS or RAGZRS."
#   references:
#     - NIST SP 800-53 CP-9
#     - GDPR Art. 32
package custody.check.terraform.azure_storage_account_replication

import data.custody.terraform as tf

findings contains tf.finding(account, "account_replication_type", "it is not copied to another region") if {
	some account in input.resources.azurerm_storage_account
	not tf.among(tf.value(account, "account_replication_type"), {"GRS", "RAGRS", "GZRS", "RAGZRS"})
}
