# METADATA
# title: "Training volumes of Comprehend are not under a key of your own"
# description: "The annotated texts are copied to them in the clear."
# custom:
#   id: AWS-268
#   severity: medium
#   checkov: CKV_AWS_268
#   fix: "Set volume_kms_key_id to a KMS key of your own."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-12
#     - NIST SP 800-53 SC-28
package custody.check.terraform.aws_comprehend_volume_key

import data.custody.terraform as tf

findings contains tf.finding(recognizer, "volume_kms_key_id", "no key of yours encrypts its training volume") if {
	some recognizer in input.resources.aws_comprehend_entity_recognizer
	not tf.given(tf.value(recognizer, "volume_kms_key_id"))
}
