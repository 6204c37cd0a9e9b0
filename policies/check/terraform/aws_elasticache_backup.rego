# METADATA
# title: "A Redis cache takes no snapshots"
# description: "What applications keep only there is lost with the node."
# custom:
#   id: AWS-134
#   severity: medium
#   checkov: CKV_AWS_134
#   fix: "Write snapshot_retention_limit = 5 or more."
#   references:
#     - NIST SP 800-53 CP-9
package custody.check.terraform.aws_elasticache_backup

import data.custody.terraform as tf

findings contains tf.finding(cache, "snapshot_retention_limit", "it takes no snapshots") if {
	some cache in input.resources.aws_elasticache_cluster

	# Memcached has none.
	tf.value(cache, "engine") != "memcached"
	tf.value(cache, "snapshot_retention_limit") in {null, 0}
}
