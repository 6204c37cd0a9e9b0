# METADATA
# title: "A message broker is not under a key of your own"
# description: "Messages that nobody has fetched yet lie in its store."
# custom:
#   id: AWS-209
#   severity: medium
#   checkov: CKV_AWS_209
#   fix: "Write encryption_options with kms_key_id and use_aws_owned_key = false."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-12
#     - NIST SP 800-53 SC-28
package custody.check.terraform.aws_mq_key

import data.custody.terraform as tf

findings contains tf.finding(broker, "encryption_options.kms_key_id", "no key of yours encrypts it") if {
	some broker in input.resources.aws_mq_broker
	not tf.given(tf.value(broker, "encryption_options.kms_key_id"))
}
