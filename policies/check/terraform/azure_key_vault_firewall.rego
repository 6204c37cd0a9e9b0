# METADATA
# title: "A key vault takes connections from every network"
# description: "A stolen token then fetches the keys of all data from anywhere."
# custom:
#   id: AZURE-109
#   severity: high
#   checkov: CKV_AZURE_109
#   fix: "Add network_acls with default_action = Deny and the networks that may come in."
#   references:
#     - CWE-668
#     - NIST SP 800-53 SC-7
package custody.check.terraform.azure_key_vault_firewall

import data.custody.terraform as tf

findings contains tf.finding(vault, "network_acls.default_action", "networks that no rule names are let in") if {
	some vault in input.resources.azurerm_key_vault
	not tf.among(tf.value(vault, "network_acls.default_action"), {"Deny"})
}
