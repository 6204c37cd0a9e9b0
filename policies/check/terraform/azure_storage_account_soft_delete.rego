# METADATA
# title: "Deleted blobs of a storage account are gone at once"
# description: "A wrong delete, or an angry one, takes the only copy of what a model was trained on."
# custom:
#   id: AZURE2-038
#   severity: low
#   checkov: CKV2_AZURE_38
#   fix: "Add blob_properties with delete_retention_policy and its days; file shares belong into an account that keeps them too."
#   references:
#     - NIST SP 800-53 CP-9
#     - GDPR Art. 32
#     - CIS Azure 2.0.0, 3.11
package custody.check.terraform.azure_storage_account_soft_delete

import data.custody.terraform as tf

findings contains tf.finding(account, "blob_properties", "what is deleted is not kept for a while") if {
	some account in input.resources.azurerm_storage_account
	not keeps_deleted(account)
}

# An account for file shares alone keeps no blobs, whatever it says.
keeps_deleted(account) if {
	tf.value(account, "blob_properties.delete_retention_policy") != null
	lower(object.get(account.values, "account_kind", "")) != "filestorage"
}
