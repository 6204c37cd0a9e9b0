# METADATA
# title: "A container of an account whose activity is watched is open to everybody"
# description: "The logs tell who did what with which data, and an intruder learns from them what was noticed."
# custom:
#   id: AZURE2-008
#   severity: high
#   checkov: CKV2_AZURE_8
#   fix: "Set container_access_type = private."
#   references:
#     - CWE-732
#     - NIST SP 800-53 AC-3
#     - GDPR Art. 32
package custody.check.terraform.azure_storage_container_activity_log

import data.custody.terraform as tf

findings contains tf.finding(container, "container_access_type", "it is public, and its account is under an activity log alert") if {
	some container in input.resources.azurerm_storage_container
	not tf.among(tf.value(container, "container_access_type"), {null, "private"})
	not is_unwatched(container)
}

is_unwatched(container) if {
	some account in (tf.referred(container) & accounts)
	not account in watched
}

accounts := tf.addresses({"azurerm_storage_account"})

watched contains address if {
	some alert in input.resources.azurerm_monitor_activity_log_alert
	tf.value(alert, "enabled") != false
	some address in tf.referred(alert)
}
