# METADATA
# title: "A database lets in every address of the internet"
# description: "Everybody may try passwords on the server that holds the rows."
# custom:
#   id: AZURE-011
#   severity: critical
#   checkov: CKV_AZURE_11
#   fix: "Give the rule the addresses that need the database, or remove it and use a private endpoint."
#   references:
#     - CWE-668
#     - NIST SP 800-53 SC-7
#     - CIS Azure 2.0.0, 4.1.2
#     - GDPR Art. 32
package custody.check.terraform.azure_sql_firewall_everybody

import data.custody.terraform as tf

findings contains tf.finding(rule, "start_ip_address", "it lets in 0.0.0.0 to 255.255.255.255") if {
	some rule in tf.resources({"azurerm_mariadb_firewall_rule", "azurerm_mssql_firewall_rule", "azurerm_mysql_firewall_rule", "azurerm_mysql_flexible_server_firewall_rule", "azurerm_postgresql_firewall_rule", "azurerm_sql_firewall_rule"})
	tf.value(rule, "start_ip_address") in {"0.0.0.0", "0.0.0.0/0"}
	tf.value(rule, "end_ip_address") == "255.255.255.255"
}
