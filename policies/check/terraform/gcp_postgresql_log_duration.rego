# METADATA
# title: "A PostgreSQL instance does not log how long queries took"
# description: "A query that read a whole table cannot be told from one that read a row."
# custom:
#   id: GCP2-013
#   severity: low
#   checkov: CKV2_GCP_13
#   fix: "Add to settings a database_flags with name log_duration and value on."
#   references:
#     - CWE-778
#     - NIST SP 800-53 AU-12
package custody.check.terraform.gcp_postgresql_log_duration

import data.custody.terraform as tf

findings contains tf.finding(instance, "settings.database_flags", "log_duration is not on") if {
	some instance in input.resources.google_sql_database_instance
	contains(object.get(instance.values, "database_version", ""), "POSTGRES")
	not tf.has_database_flag(instance, "log_duration", "on")
}
