# METADATA
# title: "A database keeps no backups"
# description: "After a wrong update nobody can tell people what was recorded about them before."
# custom:
#   id: AWS-133
#   severity: medium
#   checkov: CKV_AWS_133
#   fix: "Write backup_retention_period with a number of days from 1 to 35."
#   references:
#     - NIST SP 800-53 CP-9
#     - NIST SP 800-53 SI-12
package custody.check.terraform.aws_rds_backup_retention

import data.custody.terraform as tf

findings contains tf.finding(database, "backup_retention_period", "it keeps no backups") if {
	some database in tf.resources({"aws_db_instance", "aws_rds_cluster"})
	days := tf.value(database, "backup_retention_period")
	days != null
	not tf.unknown(days)
	not in_range(days)
}

# What RDS takes; 0 switches backups off.
in_range(days) if {
	tf.number(days) > 0
	tf.number(days) <= 35
}
