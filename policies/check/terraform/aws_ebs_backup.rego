# METADATA
# title: "A disk is in no backup plan"
# description: "What is only there is lost with it."
# custom:
#   id: AWS2-009
#   severity: low
#   checkov: CKV2_AWS_9
#   fix: "Name it in the resources of an aws_backup_selection."
#   references:
#     - NIST SP 800-53 CP-9
package custody.check.terraform.aws_ebs_backup

import data.custody.terraform as tf

findings contains tf.finding(volume, "name", "no backup plan selects it") if {
	some volume in input.resources.aws_ebs_volume
	tf.neighbours(volume, {"aws_backup_selection"}) == []
}
