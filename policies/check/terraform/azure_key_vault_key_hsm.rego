# METADATA
# title: "A key of a key vault is kept in software"
# description: "Only hardware keeps a key from whoever runs the machine below it."
# custom:
#   id: AZURE-112
#   severity: low
#   checkov: CKV_AZURE_112
#   fix: "Set key_type to RSA-HSM or EC-HSM, in a vault with the premium SKU."
#   references:
#     - NIST SP 800-53 SC-12(3)
#     - NIST SP 800-53 SC-13
package custody.check.terraform.azure_key_vault_key_hsm

import data.custody.terraform as tf

findings contains tf.finding(key, "key_type", "no HSM holds it") if {
	some key in input.resources.azurerm_key_vault_key
	not tf.among(tf.value(key, "key_type"), {"RSA-HSM", "EC-HSM"})
}
