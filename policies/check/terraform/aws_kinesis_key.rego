# METADATA
# title: "A stream is not under a key of your own"
# description: "Events of people wait in it for up to a year."
# custom:
#   id: AWS-185
#   severity: medium
#   checkov: CKV_AWS_185
#   fix: "Write encryption_type = \"KMS\" and set kms_key_id."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-12
#     - NIST SP 800-53 SC-28
package custody.check.terraform.aws_kinesis_key

import data.custody.terraform as tf

findings contains tf.finding(stream, "kms_key_id", "no key of yours encrypts it") if {
	some stream in input.resources.aws_kinesis_stream
	not tf.given(tf.value(stream, "kms_key_id"))
}
