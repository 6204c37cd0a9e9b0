# METADATA
# title: "A PostgreSQL instance logs statistics of its parser"
# description: "Figures of the parser stand beside texts of queries, with the values people were looked up by."
# custom:
#   id: GCP2-015
#   severity: low
#   checkov: CKV2_GCP_15
#   fix: "Remove the database_flags log_parser_stats, or set its value to off."
#   references:
#     - CWE-532
#     - NIST SP 800-53 AU-3
package custody.check.terraform.gcp_postgresql_parser_statistics

import data.custody.terraform as tf

findings contains tf.finding(instance, "settings.database_flags", "log_parser_stats is on") if {
	some instance in input.resources.google_sql_database_instance
	contains(tf.value(instance, "database_version"), "POSTGRES")
	tf.has_database_flag(instance, "log_parser_stats", "on")
}
