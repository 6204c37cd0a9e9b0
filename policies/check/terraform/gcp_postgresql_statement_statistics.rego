# METADATA
# title: "A PostgreSQL instance logs statistics of every statement"
# description: "The log grows until it is cut, and with it goes the record of who read what."
# custom:
#   id: GCP2-017
#   severity: low
#   checkov: CKV2_GCP_17
#   fix: "Remove the database_flags log_statement_stats, or set its value to off."
#   references:
#     - CWE-532
#     - NIST SP 800-53 AU-3
package custody.check.terraform.gcp_postgresql_statement_statistics

import data.custody.terraform as tf

findings contains tf.finding(instance, "settings.database_flags", "log_statement_stats is on") if {
	some instance in input.resources.google_sql_database_instance
	contains(tf.value(instance, "database_version"), "POSTGRES")
	tf.has_database_flag(instance, "log_statement_stats", "on")
}
