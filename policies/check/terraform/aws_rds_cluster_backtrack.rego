# METADATA
# title: "An Aurora cluster cannot be wound back"
# description: "A wrong update of many rows can then only be undone by restoring everything."
# custom:
#   id: AWS-326
#   severity: low
#   checkov: CKV_AWS_326
#   fix: "Write backtrack_window = 86400 (seconds)."
#   references:
#     - NIST SP 800-53 CP-10
package custody.check.terraform.aws_rds_cluster_backtrack

import data.custody.terraform as tf

findings contains tf.finding(cluster, "backtrack_window", "it cannot be wound back") if {
	some cluster in input.resources.aws_rds_cluster

	# Only these engines have it.
	tf.value(cluster, "engine") in {null, "aurora", "aurora-mysql"}
	tf.value(cluster, "backtrack_window") in {null, 0}
}
