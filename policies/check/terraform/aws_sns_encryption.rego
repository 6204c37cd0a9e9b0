# METADATA
# title: "A topic keeps its messages unencrypted"
# description: "A notice such as a request for erasure names a person and what they want."
# custom:
#   id: AWS-026
#   severity: high
#   checkov: CKV_AWS_26
#   fix: "Set kms_master_key_id to a KMS key of your own."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-28
#     - GDPR Art. 32
package custody.check.terraform.aws_sns_encryption

import data.custody.terraform as tf

findings contains tf.finding(topic, "kms_master_key_id", "its messages are not encrypted") if {
	some topic in input.resources.aws_sns_topic
	not tf.given(tf.value(topic, "kms_master_key_id"))
}
