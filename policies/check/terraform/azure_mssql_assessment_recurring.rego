# METADATA
# title: "A SQL server is not assessed again and again"
# description: "Weak settings come with changes, and a single scan sees none of them."
# custom:
#   id: AZURE2-003
#   severity: low
#   checkov: CKV2_AZURE_3
#   fix: "Set recurring_scans.enabled = true, under an enabled security alert policy of the server."
#   references:
#     - NIST SP 800-53 RA-5
#     - CIS Azure 2.0.0, 4.2.3
package custody.check.terraform.azure_mssql_assessment_recurring

import data.custody.terraform as tf

findings contains tf.finding(assessment, "recurring_scans", "nothing scans again") if {
	some assessment in input.resources.azurerm_mssql_server_vulnerability_assessment
	not is_whole(assessment)
}

is_whole(assessment) if {
	some policy in tf.referred(assessment)
	policy in tf.alert_policies_of_sql_servers
	tf.yes(tf.value(assessment, "recurring_scans.enabled"))
}
