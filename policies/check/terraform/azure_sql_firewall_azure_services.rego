# METADATA
# title: "A SQL server lets in everything that runs in Azure"
# description: "That includes the machines of every other customer."
# custom:
#   id: AZURE2-034
#   severity: high
#   checkov: CKV2_AZURE_34
#   fix: "Remove the rule from 0.0.0.0 to 0.0.0.0, and use a private endpoint or the addresses that need the server."
#   references:
#     - CWE-668
#     - NIST SP 800-53 SC-7
#     - CIS Azure 2.0.0, 4.1.2
package custody.check.terraform.azure_sql_firewall_azure_services

import data.custody.terraform as tf

findings contains tf.finding(rule, "start_ip_address", "it lets in all of Azure") if {
	some rule in tf.resources({"azurerm_mssql_firewall_rule", "azurerm_sql_firewall_rule"})
	tf.value(rule, "start_ip_address") == "0.0.0.0"
	tf.value(rule, "end_ip_address") == "0.0.0.0"
}
