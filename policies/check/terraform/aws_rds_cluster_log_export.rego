# METADATA
# title: "An RDS cluster exports no logs"
# description: "Who read what, and from where, is gone with the instance that wrote it down."
# custom:
#   id: AWS-324
#   severity: medium
#   checkov: CKV_AWS_324
#   fix: "List the logs of the engine in enabled_cloudwatch_logs_exports, such as [\"postgresql\"] or [\"audit\", \"error\"]."
#   references:
#     - CWE-778
#     - NIST SP 800-53 AU-2
#     - NIST SP 800-53 AU-12
package custody.check.terraform.aws_rds_cluster_log_export

import data.custody.terraform as tf

findings contains tf.finding(cluster, "enabled_cloudwatch_logs_exports", "no log is exported") if {
	some cluster in input.resources.aws_rds_cluster
	not tf.given(tf.value(cluster, "enabled_cloudwatch_logs_exports"))
}
