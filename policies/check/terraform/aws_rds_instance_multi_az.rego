# METADATA
# title: "A database stands in one availability zone"
# description: "When the zone fails, neither those who need their records nor those who must answer for them have access."
# custom:
#   id: AWS-157
#   severity: low
#   checkov: CKV_AWS_157
#   fix: "Write multi_az = true."
#   references:
#     - NIST SP 800-53 CP-10
package custody.check.terraform.aws_rds_instance_multi_az

import data.custody.terraform as tf

findings contains tf.finding(database, "multi_az", "it stands in one zone") if {
	some database in input.resources.aws_db_instance
	not tf.yes(tf.value(database, "multi_az"))
}
