# METADATA
# title: "A storage account takes connections from every network"
# description: "A leaked key is then enough to read the lake from anywhere."
# custom:
#   id: AZURE-035
#   severity: high
#   checkov: CKV_AZURE_35
#   fix: "Set default_action = Deny in network_rules, and name the networks and addresses that may come in."
#   references:
#     - CWE-668
#     - NIST SP 800-53 SC-7
#     - CIS Azure 2.0.0, 3.8
package custody.check.terraform.azure_storage_network_default_action

import data.custody.terraform as tf

findings contains tf.finding(account, "network_rules.default_action", "networks that no rule names are let in") if {
	some account in input.resources.azurerm_storage_account
	opens(tf.value(account, "network_rules.default_action"))
}

findings contains tf.finding(rules, "default_action", "networks that no rule names are let in") if {
	some rules in input.resources.azurerm_storage_account_network_rules
	opens(tf.value(rules, "default_action"))
}

# Where an account says nothing, a resource beside it may.
opens(action) if not tf.among(action, {null, "Deny"})
