# METADATA
# title: "A PostgreSQL cluster does not log statements"
# description: "Nobody can tell who asked for whose rows."
# custom:
#   id: AWS2-027
#   severity: medium
#   checkov: CKV2_AWS_27
#   fix: "Set log_statement and log_min_duration_statement in an aws_rds_cluster_parameter_group, and name it in db_cluster_parameter_group_name."
#   references:
#     - CWE-778
#     - NIST SP 800-53 AU-2
#     - NIST SP 800-53 AU-12
package custody.check.terraform.aws_rds_cluster_query_log

import data.custody.terraform as tf

findings contains tf.finding(cluster, "db_cluster_parameter_group_name", "it does not log statements") if {
	some cluster in input.resources.aws_rds_cluster
	tf.value(cluster, "engine") == "aurora-postgresql"
	not logs_statements(cluster)
}

logs_statements(cluster) if {
	some group in tf.neighbours(cluster, {"aws_rds_cluster_parameter_group"})
	tf.parameters(group, "log_statement") != []
	tf.parameters(group, "log_min_duration_statement") != []
}
