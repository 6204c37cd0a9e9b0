# METADATA
# title: "A storage account is encrypted with a key of Microsoft alone"
# description: "Without a key of your own nobody can make the data of the lake unreadable when they have to be."
# custom:
#   id: AZURE2-001
#   severity: medium
#   checkov: CKV2_AZURE_1
#   fix: "Add an azurerm_storage_account_customer_managed_key for the account, or its customer_managed_key block."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-12
#     - GDPR Art. 32
#     - CIS Azure 2.0.0, 3.12
package custody.check.terraform.azure_storage_account_customer_key

import data.custody.terraform as tf

findings contains tf.finding(account, "customer_managed_key", "it has no key of yours") if {
	some account in input.resources.azurerm_storage_account
	tf.value(account, "customer_managed_key.key_vault_key_id") == null
	not account.address in with_key
}

with_key := tf.referred_by("azurerm_storage_account_customer_managed_key")
