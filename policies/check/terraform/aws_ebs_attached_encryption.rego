# METADATA
# title: "A disk of a machine is not encrypted"
# description: "What the machine works on lies on it in the clear."
# custom:
#   id: AWS2-002
#   severity: high
#   checkov: CKV2_AWS_2
#   fix: "Write encrypted = true for the aws_ebs_volume."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-28
#     - CIS AWS 3.0.0, 2.2.1
package custody.check.terraform.aws_ebs_attached_encryption

import data.custody.terraform as tf

findings contains tf.finding(volume, "encrypted", "it is attached to a machine and not encrypted") if {
	some volume in input.resources.aws_ebs_volume
	tf.neighbours(volume, {"aws_volume_attachment"}) != []
	not tf.yes(tf.value(volume, "encrypted"))
}
