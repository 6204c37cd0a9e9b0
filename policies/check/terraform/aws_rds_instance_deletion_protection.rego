# METADATA
# title: "A database can be deleted by one call"
# description: "Who renames a resource in a hurry loses the rows and the trail of who is in them."
# custom:
#   id: AWS-293
#   severity: medium
#   checkov: CKV_AWS_293
#   fix: "Write deletion_protection = true."
#   references:
#     - CWE-693
#     - NIST SP 800-53 CP-9
#     - NIST SP 800-53 SI-12
package custody.check.terraform.aws_rds_instance_deletion_protection

import data.custody.terraform as tf

findings contains tf.finding(database, "deletion_protection", "one call deletes it") if {
	some database in input.resources.aws_db_instance
	not tf.yes(tf.value(database, "deletion_protection"))
}
