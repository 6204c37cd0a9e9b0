# METADATA
# title: "A warehouse takes no snapshots"
# description: "After a wrong DELETE nothing says what was there."
# custom:
#   id: AWS-343
#   severity: medium
#   checkov: CKV_AWS_343
#   fix: "Write automated_snapshot_retention_period = 7 or more."
#   references:
#     - NIST SP 800-53 CP-9
package custody.check.terraform.aws_redshift_snapshots

import data.custody.terraform as tf

findings contains tf.finding(cluster, "automated_snapshot_retention_period", "automatic snapshots are off") if {
	some cluster in input.resources.aws_redshift_cluster
	tf.value(cluster, "automated_snapshot_retention_period") == 0
}
