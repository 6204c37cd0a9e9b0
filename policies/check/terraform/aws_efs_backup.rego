# METADATA
# title: "A shared file system is in no backup plan"
# description: "A job that runs wild over it leaves nothing to go back to."
# custom:
#   id: AWS2-018
#   severity: low
#   checkov: CKV2_AWS_18
#   fix: "Name it in the resources of an aws_backup_selection."
#   references:
#     - NIST SP 800-53 CP-9
package custody.check.terraform.aws_efs_backup

import data.custody.terraform as tf

findings contains tf.finding(filesystem, "name", "no backup plan selects it") if {
	some filesystem in input.resources.aws_efs_file_system
	tf.neighbours(filesystem, {"aws_backup_selection"}) == []
}
