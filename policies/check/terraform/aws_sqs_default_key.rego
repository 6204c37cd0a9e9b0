# METADATA
# title: "A queue is under the key that AWS keeps"
# description: "Its use can be neither seen apart nor ended."
# custom:
#   id: AWS2-073
#   severity: low
#   checkov: CKV2_AWS_73
#   fix: "Set kms_master_key_id to a KMS key of your own."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-12
package custody.check.terraform.aws_sqs_default_key

import data.custody.terraform as tf

findings contains tf.finding(queue, "kms_master_key_id", "the default key of AWS encrypts it") if {
	some queue in input.resources.aws_sqs_queue
	tf.value(queue, "kms_master_key_id") == "alias/aws/sqs"
}
