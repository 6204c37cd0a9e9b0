# METADATA
# title: "A secret of a key vault does not say what it is"
# description: "Whoever has to withdraw access to data in a hurry cannot tell which secret opens what."
# custom:
#   id: AZURE-114
#   severity: low
#   checkov: CKV_AZURE_114
#   fix: "Set content_type, for example to password of the warehouse."
#   references:
#     - NIST SP 800-53 CM-8
package custody.check.terraform.azure_key_vault_secret_content_type

import data.custody.terraform as tf

findings contains tf.finding(secret, "content_type", "it has no content_type") if {
	some secret in input.resources.azurerm_key_vault_secret
	not tf.given(tf.value(secret, "content_type"))
}
