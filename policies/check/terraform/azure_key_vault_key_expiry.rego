# METADATA
# title: "A key of a key vault never expires"
# description: "A key that nobody has to renew is still valid when it has long been copied."
# custom:
#   id: AZURE-040
#   severity: low
#   checkov: CKV_AZURE_40
#   fix: "Set expiration_date, or a rotation policy with it."
#   references:
#     - CWE-324
#     - NIST SP 800-53 SC-12
#     - CIS Azure 2.0.0, 8.1
package custody.check.terraform.azure_key_vault_key_expiry

import data.custody.terraform as tf

findings contains tf.finding(key, "expiration_date", "it has no last day") if {
	some key in input.resources.azurerm_key_vault_key
	not tf.given(tf.value(key, "expiration_date"))
}
