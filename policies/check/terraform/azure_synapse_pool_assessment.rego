# METADATA
# title: "A Synapse SQL pool is not assessed again and again"
# description: "Weak settings come with changes, and a single scan sees none of them."
# custom:
#   id: AZURE2-052
#   severity: low
#   checkov: CKV2_AZURE_52
#   fix: "Add an azurerm_synapse_sql_pool_vulnerability_assessment with recurring_scans.enabled = true for the policy of the pool."
#   references:
#     - NIST SP 800-53 RA-5
package custody.check.terraform.azure_synapse_pool_assessment

import data.custody.terraform as tf

findings contains tf.finding(policy, "", "no recurring assessment belongs to it") if {
	some policy in input.resources.azurerm_synapse_sql_pool_security_alert_policy
	not is_assessed(policy)
}

is_assessed(policy) if {
	count(tf.referred(policy) & pools) > 0
	policy.address in scanned
}

pools := tf.addresses({"azurerm_synapse_sql_pool"})

scanned contains address if {
	some assessment in input.resources.azurerm_synapse_sql_pool_vulnerability_assessment
	tf.yes(tf.value(assessment, "recurring_scans.enabled"))
	some address in tf.referred(assessment)
}
