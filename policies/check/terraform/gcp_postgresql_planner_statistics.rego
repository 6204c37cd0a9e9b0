# METADATA
# title: "A PostgreSQL instance logs statistics of its planner"
# description: "Plans tell the shape of the data to everybody who may read logs."
# custom:
#   id: GCP2-016
#   severity: low
#   checkov: CKV2_GCP_16
#   fix: "Remove the database_flags log_planner_stats, or set its value to off."
#   references:
#     - CWE-532
#     - NIST SP 800-53 AU-3
package custody.check.terraform.gcp_postgresql_planner_statistics

import data.custody.terraform as tf

findings contains tf.finding(instance, "settings.database_flags", "log_planner_stats is on") if {
	some instance in input.resources.google_sql_database_instance
	contains(tf.value(instance, "database_version"), "POSTGRES")
	tf.has_database_flag(instance, "log_planner_stats", "on")
}
