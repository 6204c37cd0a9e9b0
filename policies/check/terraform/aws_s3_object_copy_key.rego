# METADATA
# title: "A copied object is not under a key of your own"
# description: "A copy takes the protection of its target, which is often less."
# custom:
#   id: AWS-181
#   severity: medium
#   checkov: CKV_AWS_181
#   fix: "Set kms_key_id to a KMS key of your own."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-12
#     - NIST SP 800-53 SC-28
package custody.check.terraform.aws_s3_object_copy_key

import data.custody.terraform as tf

findings contains tf.finding(object, "kms_key_id", "no key of yours encrypts it") if {
	some object in input.resources.aws_s3_object_copy
	not tf.given(tf.value(object, "kms_key_id"))
}
