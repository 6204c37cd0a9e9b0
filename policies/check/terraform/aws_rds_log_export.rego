# METADATA
# title: "A database exports no logs"
# description: "Who connected, and what failed, is gone with the instance that wrote it down."
# custom:
#   id: AWS-129
#   severity: medium
#   checkov: CKV_AWS_129
#   fix: "List the logs of the engine in enabled_cloudwatch_logs_exports, such as [\"postgresql\", \"upgrade\"]."
#   references:
#     - CWE-778
#     - NIST SP 800-53 AU-2
#     - NIST SP 800-53 AU-12
package custody.check.terraform.aws_rds_log_export

import data.custody.terraform as tf

findings contains tf.finding(database, "enabled_cloudwatch_logs_exports", "no log is exported") if {
	some database in input.resources.aws_db_instance
	not tf.given(tf.value(database, "enabled_cloudwatch_logs_exports"))
}
