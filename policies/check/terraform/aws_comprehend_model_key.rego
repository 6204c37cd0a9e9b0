# METADATA
# title: "A Comprehend model is not under a key of your own"
# description: "A model of entities remembers the names that it was trained on."
# custom:
#   id: AWS-267
#   severity: medium
#   checkov: CKV_AWS_267
#   fix: "Set model_kms_key_id to a KMS key of your own."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-12
#     - NIST SP 800-53 SC-28
package custody.check.terraform.aws_comprehend_model_key

import data.custody.terraform as tf

findings contains tf.finding(recognizer, "model_kms_key_id", "no key of yours encrypts its model") if {
	some recognizer in input.resources.aws_comprehend_entity_recognizer
	not tf.given(tf.value(recognizer, "model_kms_key_id"))
}
