# METADATA
# title: "A storage account has users of its own, for SFTP"
# description: "Passwords and keys of such users live outside the directory, so nobody who leaves loses them."
# custom:
#   id: AZURE-244
#   severity: medium
#   checkov: CKV_AZURE_244
#   fix: "Set local_user_enabled = false, and give access by identities of the directory."
#   references:
#     - CWE-287
#     - NIST SP 800-53 IA-2
package custody.check.terraform.azure_storage_account_local_users

import data.custody.terraform as tf

findings contains tf.finding(account, "local_user_enabled", "it takes users of its own") if {
	some account in input.resources.azurerm_storage_account
	not tf.no(tf.value(account, "local_user_enabled"))
	has_users(account)
}

has_users(account) if tf.value(account, "local_user_enabled") == true

# Only a hierarchical account can have them; there they are the default.
has_users(account) if tf.value(account, "is_hns_enabled") == true
