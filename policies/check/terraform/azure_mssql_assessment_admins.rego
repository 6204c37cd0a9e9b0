# METADATA
# title: "Administrators do not get the reports of a SQL server's assessment"
# description: "Those who can mend a weak setting do not hear of it."
# custom:
#   id: AZURE2-005
#   severity: low
#   checkov: CKV2_AZURE_5
#   fix: "Set recurring_scans.email_subscription_admins = true beside emails."
#   references:
#     - NIST SP 800-53 RA-5(3)
#     - CIS Azure 2.0.0, 4.2.5
package custody.check.terraform.azure_mssql_assessment_admins

import data.custody.terraform as tf

findings contains tf.finding(assessment, "recurring_scans", "its reports do not reach administrators") if {
	some assessment in input.resources.azurerm_mssql_server_vulnerability_assessment
	not is_whole(assessment)
}

is_whole(assessment) if {
	some policy in tf.referred(assessment)
	policy in tf.alert_policies_of_sql_servers
	tf.yes(tf.value(assessment, "recurring_scans.email_subscription_admins"))
	tf.value(assessment, "recurring_scans.emails") != null
}
