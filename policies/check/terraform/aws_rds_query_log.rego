# METADATA
# title: "A PostgreSQL database does not log statements"
# description: "A report of who read a person's record cannot be given."
# custom:
#   id: AWS2-030
#   severity: medium
#   checkov: CKV2_AWS_30
#   fix: "Set log_statement and log_min_duration_statement in an aws_db_parameter_group, and name it in parameter_group_name."
#   references:
#     - CWE-778
#     - NIST SP 800-53 AU-2
#     - NIST SP 800-53 AU-12
package custody.check.terraform.aws_rds_query_log

import data.custody.terraform as tf

findings contains tf.finding(database, "parameter_group_name", "it does not log statements") if {
	some database in input.resources.aws_db_instance
	tf.value(database, "engine") == "postgres"
	not logs_statements(database)
}

logs_statements(database) if {
	some group in tf.neighbours(database, {"aws_db_parameter_group"})
	tf.parameters(group, "log_statement") != []
	tf.parameters(group, "log_min_duration_statement") != []
}
