# METADATA
# title: "A DocumentDB cluster exports no logs"
# description: "Audit and slow queries stay on the cluster, where its administrators can lose them."
# custom:
#   id: AWS-085
#   severity: medium
#   checkov: CKV_AWS_85
#   fix: "Write enabled_cloudwatch_logs_exports = [\"audit\", \"profiler\"]."
#   references:
#     - CWE-778
#     - NIST SP 800-53 AU-2
#     - NIST SP 800-53 AU-12
package custody.check.terraform.aws_docdb_log_export

import data.custody.terraform as tf

findings contains tf.finding(cluster, "enabled_cloudwatch_logs_exports", "neither its audit nor its profiler log is exported") if {
	some cluster in input.resources.aws_docdb_cluster
	not tf.holds(tf.value(cluster, "enabled_cloudwatch_logs_exports"), {"audit", "profiler"})
}
