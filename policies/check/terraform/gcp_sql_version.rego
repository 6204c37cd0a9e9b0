# METADATA
# title: "A Cloud SQL instance runs an old version"
# description: "Holes that were found since are open in it, and rows lie behind them."
# custom:
#   id: GCP-079
#   severity: low
#   checkov: CKV_GCP_79
#   fix: "Set database_version to the newest one: POSTGRES_18, MYSQL_8_4 or SQLSERVER_2022_STANDARD."
#   references:
#     - CWE-1104
#     - NIST SP 800-53 SI-2
package custody.check.terraform.gcp_sql_version

import data.custody.terraform as tf

findings contains tf.finding(instance, "database_version", "its version is not the newest") if {
	some instance in input.resources.google_sql_database_instance
	not tf.among(tf.value(instance, "database_version"), newest)
}

newest := {
	"MYSQL_8_0", "MYSQL_8_4", "POSTGRES_18",
	"SQLSERVER_2022_ENTERPRISE", "SQLSERVER_2022_EXPRESS", "SQLSERVER_2022_STANDARD", "SQLSERVER_2022_WEB",
}
