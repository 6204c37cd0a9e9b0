# METADATA
# title: "Queries of a Synapse SQL pool do not reach the log monitor"
# description: "An audit that nobody can search is found empty when it is needed."
# custom:
#   id: AZURE2-054
#   severity: low
#   checkov: CKV2_AZURE_54
#   fix: "Add an azurerm_synapse_sql_pool_extended_auditing_policy for the pool, without log_monitoring_enabled = false."
#   references:
#     - CWE-778
#     - NIST SP 800-53 AU-12
package custody.check.terraform.azure_synapse_pool_audit

import data.custody.terraform as tf

findings contains tf.finding(pool, "", "no auditing policy sends its queries to the log monitor") if {
	some pool in input.resources.azurerm_synapse_sql_pool
	not pool.address in audited
}

audited contains address if {
	some policy in input.resources.azurerm_synapse_sql_pool_extended_auditing_policy
	tf.value(policy, "log_monitoring_enabled") != false
	some address in tf.referred(policy)
}
