# METADATA
# title: "A Neptune cluster does not export its audit log"
# description: "Nobody can tell who asked the graph about whom."
# custom:
#   id: AWS-101
#   severity: medium
#   checkov: CKV_AWS_101
#   fix: "Write enable_cloudwatch_logs_exports = [\"audit\"]."
#   references:
#     - CWE-778
#     - NIST SP 800-53 AU-2
#     - NIST SP 800-53 AU-12
package custody.check.terraform.aws_neptune_audit_log

import data.custody.terraform as tf

findings contains tf.finding(cluster, "enable_cloudwatch_logs_exports", "its audit log is not exported") if {
	some cluster in input.resources.aws_neptune_cluster
	not tf.holds(tf.value(cluster, "enable_cloudwatch_logs_exports"), {"audit"})
}
