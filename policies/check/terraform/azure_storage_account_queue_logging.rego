# METADATA
# title: "Requests to the queues of a storage account are not logged"
# description: "Who read or deleted a message, and with it what it says about somebody, cannot be told afterwards."
# custom:
#   id: AZURE-033
#   severity: low
#   checkov: CKV_AZURE_33
#   fix: "Add queue_properties with logging, where delete, read and write are true and retention_policy_days says how long."
#   references:
#     - CWE-778
#     - NIST SP 800-53 AU-12
#     - CIS Azure 2.0.0, 3.5
package custody.check.terraform.azure_storage_account_queue_logging

import data.custody.terraform as tf

findings contains tf.finding(account, "queue_properties", "not every request to its queues is logged") if {
	some account in input.resources.azurerm_storage_account
	has_queues(tf.value(account, "account_kind"))
	some request in ["delete", "read", "write"]
	not tf.yes(tf.value(account, sprintf("queue_properties.logging.%s", [request])))
}

# Accounts for blobs or files alone have no queues. What is not said is a StorageV2.
has_queues(kind) if kind in {null, "Storage", "StorageV2"}
