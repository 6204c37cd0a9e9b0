# METADATA
# title: "A storage container is open to everybody"
# description: "Everybody who knows or guesses the address reads its files without a password."
# custom:
#   id: AZURE-034
#   severity: critical
#   checkov: CKV_AZURE_34
#   fix: "Set container_access_type = private."
#   references:
#     - CWE-732
#     - NIST SP 800-53 AC-3
#     - GDPR Art. 32
#     - CIS Azure 2.0.0, 3.7
package custody.check.terraform.azure_storage_container_access

import data.custody.terraform as tf

findings contains tf.finding(container, "container_access_type", "its files can be read without a password") if {
	some container in input.resources.azurerm_storage_container
	not tf.among(tf.value(container, "container_access_type"), {null, "private"})
}
