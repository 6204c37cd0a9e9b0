# METADATA
# title: "The storage of a machine learning workspace is reachable from the internet"
# description: "Snapshots and outputs of runs lie there, with the rows that a model was trained on."
# custom:
#   id: AZURE2-050
#   severity: high
#   checkov: CKV2_AZURE_50
#   fix: "Set public_network_access_enabled = false in the storage account, or high_business_impact = false where no such data are used."
#   references:
#     - CWE-668
#     - NIST SP 800-53 SC-7
package custody.check.terraform.azure_ml_workspace_storage

import data.custody.terraform as tf

findings contains tf.finding(workspace, "storage_account_id", "its storage account is not closed to the internet") if {
	some workspace in input.resources.azurerm_machine_learning_workspace
	not tf.no(tf.value(workspace, "high_business_impact"))
	not is_closed(workspace)
}

is_closed(workspace) if count(tf.referred(workspace) & closed) > 0

closed contains account.address if {
	some account in input.resources.azurerm_storage_account
	tf.no(tf.value(account, "public_network_access_enabled"))
}
