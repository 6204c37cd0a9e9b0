# METADATA
# title: "Volumes are not encrypted by default"
# description: "Every scratch disk that somebody creates in a hurry holds data in the clear."
# custom:
#   id: AWS-106
#   severity: high
#   checkov: CKV_AWS_106
#   fix: "Write enabled = true, or remove the resource."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-28
#     - CIS AWS 3.0.0, 2.2.1
package custody.check.terraform.aws_ebs_default_encryption

import data.custody.terraform as tf

findings contains tf.finding(setting, "enabled", "new volumes are not encrypted") if {
	some setting in input.resources.aws_ebs_encryption_by_default
	tf.off(tf.value(setting, "enabled"))
}
