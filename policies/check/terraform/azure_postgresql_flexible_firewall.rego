# METADATA
# title: "A PostgreSQL flexible server lets in far more addresses than it has clients"
# description: "Every address more is one more from which the database can be tried."
# custom:
#   id: AZURE2-026
#   severity: high
#   checkov: CKV2_AZURE_26
#   fix: "Give the rule the addresses that need the server."
#   references:
#     - CWE-668
#     - NIST SP 800-53 SC-7
package custody.check.terraform.azure_postgresql_flexible_firewall

import data.custody.terraform as tf

findings contains tf.finding(rule, argument, sprintf("it reaches to %s", [address])) if {
	some rule in input.resources.azurerm_postgresql_flexible_server_firewall_rule
	some argument, address in {"start_ip_address": "0.0.0.0", "end_ip_address": "255.255.255.255"}
	rule.values[argument] == address
}
