# METADATA
# title: "A key is switched off"
# description: "Nobody can decrypt what lies under it, not even to answer a person who asks for their data."
# custom:
#   id: AWS-227
#   severity: medium
#   checkov: CKV_AWS_227
#   fix: "Write is_enabled = true, or leave it out."
#   references:
#     - NIST SP 800-53 SC-12
#     - NIST SP 800-53 CP-9
package custody.check.terraform.aws_kms_key_enabled

import data.custody.terraform as tf

findings contains tf.finding(key, "is_enabled", "it is switched off") if {
	some key in input.resources.aws_kms_key
	tf.off(tf.value(key, "is_enabled"))
}
