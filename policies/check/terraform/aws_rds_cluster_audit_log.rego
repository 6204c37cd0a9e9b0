# METADATA
# title: "A MySQL cluster does not export its audit log"
# description: "Nobody can tell who read which rows."
# custom:
#   id: AWS-325
#   severity: medium
#   checkov: CKV_AWS_325
#   fix: "Write enabled_cloudwatch_logs_exports = [\"audit\"] and switch server_audit_logging on in its parameters."
#   references:
#     - CWE-778
#     - NIST SP 800-53 AU-2
#     - NIST SP 800-53 AU-12
package custody.check.terraform.aws_rds_cluster_audit_log

import data.custody.terraform as tf

findings contains tf.finding(cluster, "enabled_cloudwatch_logs_exports", "its audit log is not exported") if {
	some cluster in input.resources.aws_rds_cluster

	# Other engines write their audit into their common log. The default is aurora.
	tf.value(cluster, "engine") in {null, "aurora", "aurora-mysql", "mysql"}
	not tf.holds(tf.value(cluster, "enabled_cloudwatch_logs_exports"), {"audit"})
}
