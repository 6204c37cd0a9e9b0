# METADATA
# title: "A cache does not fail over"
# description: "When its node fails, everybody is logged out and unsaved work is lost."
# custom:
#   id: AWS2-050
#   severity: low
#   checkov: CKV2_AWS_50
#   fix: "Write automatic_failover_enabled = true and multi_az_enabled = true."
#   references:
#     - NIST SP 800-53 CP-10
package custody.check.terraform.aws_elasticache_failover

import data.custody.terraform as tf

findings contains tf.finding(group, "automatic_failover_enabled", "no replica takes over") if {
	some group in input.resources.aws_elasticache_replication_group
	not tf.yes(tf.value(group, "automatic_failover_enabled"))
}
