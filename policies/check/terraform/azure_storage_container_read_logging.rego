# METADATA
# title: "Reads of a blob container are not logged"
# description: "Who fetched a file with people in it cannot be told afterwards."
# custom:
#   id: AZURE2-021
#   severity: low
#   checkov: CKV2_AZURE_21
#   fix: "Add an azurerm_log_analytics_storage_insights for the account, with blob_container_names."
#   references:
#     - CWE-778
#     - NIST SP 800-53 AU-12
#     - CIS Azure 2.0.0, 3.13
package custody.check.terraform.azure_storage_container_read_logging

import data.custody.terraform as tf

findings contains tf.finding(container, "", "no storage insights cover its account") if {
	some container in input.resources.azurerm_storage_container
	not is_logged(container)
}

is_logged(container) if {
	some account in (tf.referred(container) & accounts)
	account in logged
	tf.among(tf.value(container, "container_access_type"), {null, "private", "blob"})
}

accounts := tf.addresses({"azurerm_storage_account"})

logged contains address if {
	some insights in input.resources.azurerm_log_analytics_storage_insights
	tf.value(insights, "blob_container_names") != null
	some address in tf.referred(insights)
}
