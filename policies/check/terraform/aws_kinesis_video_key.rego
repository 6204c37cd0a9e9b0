# METADATA
# title: "A video stream is not under a key of your own"
# description: "Faces and voices are in it."
# custom:
#   id: AWS-177
#   severity: medium
#   checkov: CKV_AWS_177
#   fix: "Set kms_key_id to a KMS key of your own."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-12
#     - NIST SP 800-53 SC-28
package custody.check.terraform.aws_kinesis_video_key

import data.custody.terraform as tf

findings contains tf.finding(stream, "kms_key_id", "no key of yours encrypts it") if {
	some stream in input.resources.aws_kinesis_video_stream
	not tf.given(tf.value(stream, "kms_key_id"))
}
