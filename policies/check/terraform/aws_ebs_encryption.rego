# METADATA
# title: "A disk is not encrypted"
# description: "Whoever gets a snapshot of it reads every file, deleted ones too."
# custom:
#   id: AWS-003
#   severity: high
#   checkov: CKV_AWS_3
#   fix: "Write encrypted = true."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-28
#     - CIS AWS 3.0.0, 2.2.1
#     - GDPR Art. 32
package custody.check.terraform.aws_ebs_encryption

import data.custody.terraform as tf

findings contains tf.finding(volume, "encrypted", "it is not encrypted") if {
	some volume in input.resources.aws_ebs_volume
	not tf.yes(tf.value(volume, "encrypted"))
}
