# METADATA
# title: "A data factory is linked to no key vault"
# description: "Passwords of its sources then stand in its own definitions, where every developer reads them."
# custom:
#   id: AZURE2-015
#   severity: medium
#   checkov: CKV2_AZURE_15
#   fix: "Add an azurerm_data_factory_linked_service_key_vault for the factory."
#   references:
#     - CWE-522
#     - CWE-311
#     - NIST SP 800-53 SC-12
#     - GDPR Art. 32
package custody.check.terraform.azure_data_factory_key_vault

import data.custody.terraform as tf

findings contains tf.finding(factory, "", "no key vault is linked to it") if {
	some factory in input.resources.azurerm_data_factory
	not factory.address in with_vault
}

with_vault := tf.referred_by("azurerm_data_factory_linked_service_key_vault")
