# METADATA
# title: "A PostgreSQL instance logs statistics of its executor"
# description: "Its log fills with figures, and the line that says who read a person's row drowns in them."
# custom:
#   id: GCP2-014
#   severity: low
#   checkov: CKV2_GCP_14
#   fix: "Remove the database_flags log_executor_stats, or set its value to off."
#   references:
#     - CWE-532
#     - NIST SP 800-53 AU-3
package custody.check.terraform.gcp_postgresql_executor_statistics

import data.custody.terraform as tf

findings contains tf.finding(instance, "settings.database_flags", "log_executor_stats is on") if {
	some instance in input.resources.google_sql_database_instance
	contains(tf.value(instance, "database_version"), "POSTGRES")
	tf.has_database_flag(instance, "log_executor_stats", "on")
}
