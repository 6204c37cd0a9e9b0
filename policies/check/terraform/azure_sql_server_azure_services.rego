# METADATA
# title: "A SQL server has a firewall rule that begins or ends at 0.0.0.0"
# description: "Such a rule means all of Azure or more: every customer there may knock at the data."
# custom:
#   id: AZURE2-006
#   severity: high
#   checkov: CKV2_AZURE_6
#   fix: "Give its azurerm_sql_firewall_rule the addresses that need the server."
#   references:
#     - CWE-668
#     - NIST SP 800-53 SC-7
#     - CIS Azure 2.0.0, 4.1.2
package custody.check.terraform.azure_sql_server_azure_services

import data.custody.terraform as tf

findings contains tf.finding(server, "", sprintf("%s lets in more than known addresses", [rule])) if {
	some server in input.resources.azurerm_sql_server
	some rule in wide[server.address]
}

# Rules by the address of what they refer to.
wide[address] contains rule.address if {
	some rule in input.resources.azurerm_sql_firewall_rule
	some end in ["start_ip_address", "end_ip_address"]
	tf.value(rule, end) == "0.0.0.0"
	some address in tf.referred(rule)
}
