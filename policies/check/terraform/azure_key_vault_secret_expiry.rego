# METADATA
# title: "A secret of a key vault never expires"
# description: "The password of a warehouse that nobody has to change is a door that nobody closes."
# custom:
#   id: AZURE-041
#   severity: low
#   checkov: CKV_AZURE_41
#   fix: "Set expiration_date."
#   references:
#     - CWE-262
#     - NIST SP 800-53 IA-5
#     - CIS Azure 2.0.0, 8.3
package custody.check.terraform.azure_key_vault_secret_expiry

import data.custody.terraform as tf

findings contains tf.finding(secret, "expiration_date", "it has no last day") if {
	some secret in input.resources.azurerm_key_vault_secret
	not tf.given(tf.value(secret, "expiration_date"))
}
