# METADATA
# title: "A DocumentDB cluster keeps backups for less than a week"
# description: "Damage that is noticed after a long weekend can no longer be undone."
# custom:
#   id: AWS-360
#   severity: medium
#   checkov: CKV_AWS_360
#   fix: "Write backup_retention_period = 7 or more."
#   references:
#     - NIST SP 800-53 CP-9
package custody.check.terraform.aws_docdb_backup_retention

import data.custody.terraform as tf

findings contains tf.finding(cluster, "backup_retention_period", "backups are kept for less than 7 days") if {
	some cluster in input.resources.aws_docdb_cluster
	not tf.at_least(tf.value(cluster, "backup_retention_period"), 7)
}
