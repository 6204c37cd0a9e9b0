# METADATA
# title: "Results of a human review are not under a key of your own"
# description: "They hold the records that people looked at, with what they thought of them."
# custom:
#   id: AWS-372
#   severity: medium
#   checkov: CKV_AWS_372
#   fix: "Set output_config.kms_key_id to a KMS key of your own."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-12
#     - NIST SP 800-53 SC-28
package custody.check.terraform.aws_sagemaker_flow_key

import data.custody.terraform as tf

findings contains tf.finding(flow, "output_config.kms_key_id", "no key of yours encrypts its output") if {
	some flow in input.resources.aws_sagemaker_flow_definition
	not tf.given(tf.value(flow, "output_config.kms_key_id"))
}
