# METADATA
# title: "Attacks on a Synapse SQL pool are not detected"
# description: "Queries that no job of yours ever ran go unseen."
# custom:
#   id: AZURE2-051
#   severity: medium
#   checkov: CKV2_AZURE_51
#   fix: "Add an azurerm_synapse_sql_pool_security_alert_policy for the pool with policy_state = Enabled."
#   references:
#     - NIST SP 800-53 SI-4
package custody.check.terraform.azure_synapse_pool_threat_detection

import data.custody.terraform as tf

findings contains tf.finding(pool, "", "no enabled security alert policy covers it") if {
	some pool in input.resources.azurerm_synapse_sql_pool
	not pool.address in watched
}

watched contains address if {
	some policy in input.resources.azurerm_synapse_sql_pool_security_alert_policy
	tf.among(tf.value(policy, "policy_state"), {"Enabled"})
	some address in tf.referred(policy)
}
