# METADATA
# title: "Reads of a storage table are not logged"
# description: "Who looked up a row, and whose, cannot be told afterwards."
# custom:
#   id: AZURE2-020
#   severity: low
#   checkov: CKV2_AZURE_20
#   fix: "Add an azurerm_log_analytics_storage_insights for the account, with table_names."
#   references:
#     - CWE-778
#     - NIST SP 800-53 AU-12
#     - CIS Azure 2.0.0, 3.14
package custody.check.terraform.azure_storage_table_read_logging

import data.custody.terraform as tf

findings contains tf.finding(table, "", "no storage insights cover its account") if {
	some table in input.resources.azurerm_storage_table
	not is_logged(table)
}

is_logged(table) if {
	some account in (tf.referred(table) & accounts)
	account in logged
}

accounts := tf.addresses({"azurerm_storage_account"})

logged contains address if {
	some insights in input.resources.azurerm_log_analytics_storage_insights
	tf.value(insights, "table_names") != null
	some address in tf.referred(insights)
}
