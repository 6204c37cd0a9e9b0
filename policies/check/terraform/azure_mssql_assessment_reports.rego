# METADATA
# title: "Nobody gets the reports of a SQL server's assessment"
# description: "A weakness that was found and told to nobody stays."
# custom:
#   id: AZURE2-004
#   severity: low
#   checkov: CKV2_AZURE_4
#   fix: "Set recurring_scans.emails, or email_subscription_admins = true."
#   references:
#     - NIST SP 800-53 RA-5(3)
#     - CIS Azure 2.0.0, 4.2.4
package custody.check.terraform.azure_mssql_assessment_reports

import data.custody.terraform as tf

findings contains tf.finding(assessment, "recurring_scans", "its reports go to nobody") if {
	some assessment in input.resources.azurerm_mssql_server_vulnerability_assessment
	not is_whole(assessment)
}

is_whole(assessment) if {
	some policy in tf.referred(assessment)
	policy in tf.alert_policies_of_sql_servers
	reaches_somebody(assessment)
}

reaches_somebody(assessment) if tf.yes(tf.value(assessment, "recurring_scans.email_subscription_admins"))

reaches_somebody(assessment) if tf.value(assessment, "recurring_scans.emails") != null
