# METADATA
# title: "A shared file system is not under a key of your own"
# description: "Many machines mount it; one key of yours can end the access of all."
# custom:
#   id: AWS-184
#   severity: medium
#   checkov: CKV_AWS_184
#   fix: "Write encrypted = true and set kms_key_id."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-12
#     - NIST SP 800-53 SC-28
package custody.check.terraform.aws_efs_key

import data.custody.terraform as tf

findings contains tf.finding(filesystem, "kms_key_id", "no key of yours encrypts it") if {
	some filesystem in input.resources.aws_efs_file_system
	not tf.given(tf.value(filesystem, "kms_key_id"))
}
