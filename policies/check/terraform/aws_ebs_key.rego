# METADATA
# title: "A disk is not under a key of your own"
# description: "A disk that depends on your key is unreadable to whoever attaches it elsewhere."
# custom:
#   id: AWS-189
#   severity: medium
#   checkov: CKV_AWS_189
#   fix: "Write encrypted = true and set kms_key_id."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-12
#     - NIST SP 800-53 SC-28
package custody.check.terraform.aws_ebs_key

import data.custody.terraform as tf

findings contains tf.finding(volume, "kms_key_id", "no key of yours encrypts it") if {
	some volume in input.resources.aws_ebs_volume
	not tf.given(tf.value(volume, "kms_key_id"))
}
