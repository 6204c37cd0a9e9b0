# METADATA
# title: "A Neptune cluster keeps backups for less than a week"
# description: "Relations that a faulty job cut cannot be brought back once the only backup is newer than the fault."
# custom:
#   id: AWS-361
#   severity: medium
#   checkov: CKV_AWS_361
#   fix: "Write backup_retention_period = 7 or more."
#   references:
#     - NIST SP 800-53 CP-9
package custody.check.terraform.aws_neptune_backup_retention

import data.custody.terraform as tf

findings contains tf.finding(cluster, "backup_retention_period", "backups are kept for less than 7 days") if {
	some cluster in input.resources.aws_neptune_cluster
	not tf.at_least(tf.value(cluster, "backup_retention_period"), 7)
}
