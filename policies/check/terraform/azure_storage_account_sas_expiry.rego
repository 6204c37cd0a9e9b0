# METADATA
# title: "Links that open a storage account may last for ever"
# description: "A signed link that was once sent around stays a way to the data."
# custom:
#   id: AZURE2-041
#   severity: low
#   checkov: CKV2_AZURE_41
#   fix: "Add sas_policy with an expiration_period, or set shared_access_key_enabled = false."
#   references:
#     - CWE-613
#     - NIST SP 800-53 AC-12
package custody.check.terraform.azure_storage_account_sas_expiry

import data.custody.terraform as tf

findings contains tf.finding(account, "sas_policy", "nothing says how long signed links may last") if {
	some account in input.resources.azurerm_storage_account
	not tf.no(tf.value(account, "shared_access_key_enabled"))
	not limits_links(account)
}

limits_links(account) if {
	tf.yes(tf.value(account, "shared_access_key_enabled"))
	tf.given(tf.value(account, "sas_policy.expiration_period"))
}
