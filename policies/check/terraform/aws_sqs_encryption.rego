# METADATA
# title: "A queue keeps its messages unencrypted"
# description: "Messages about people lie in it for up to two weeks."
# custom:
#   id: AWS-027
#   severity: high
#   checkov: CKV_AWS_27
#   fix: "Set kms_master_key_id, or write sqs_managed_sse_enabled = true."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-28
#     - GDPR Art. 32
package custody.check.terraform.aws_sqs_encryption

import data.custody.terraform as tf

findings contains tf.finding(queue, "name", "its messages are not encrypted") if {
	some queue in input.resources.aws_sqs_queue
	not tf.yes(tf.value(queue, "sqs_managed_sse_enabled"))
	not tf.given(tf.value(queue, "kms_master_key_id"))
}
