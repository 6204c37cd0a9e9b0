# METADATA
# title: "A storage account shuts out the trusted services of Azure"
# description: "Backups, logs and inventories of Azure itself then fail without a word, and with them the evidence of what happened to data."
# custom:
#   id: AZURE-036
#   severity: low
#   checkov: CKV_AZURE_36
#   fix: "Add AzureServices to bypass beside default_action = Deny."
#   references:
#     - NIST SP 800-53 AC-4
#     - CIS Azure 2.0.0, 3.9
package custody.check.terraform.azure_storage_trusted_services

import data.custody.terraform as tf

findings contains tf.finding(account, "network_rules.bypass", "trusted services of Azure are not let in") if {
	some account in input.resources.azurerm_storage_account
	some rules in tf.blocks(account, "network_rules")
	shuts_out(tf.of(rules, "default_action"), tf.of(rules, "bypass"))
}

findings contains tf.finding(rules, "bypass", "trusted services of Azure are not let in") if {
	some rules in input.resources.azurerm_storage_account_network_rules
	shuts_out(tf.value(rules, "default_action"), tf.value(rules, "bypass"))
}

# Services of Azure come in where nothing else is said.
shuts_out(action, bypass) if {
	not action in {null, "Allow"}
	bypass != null
	every service in tf.list(bypass) {
		service != "AzureServices"
		not tf.unknown(service)
	}
}
