# METADATA
# title: "An endpoint of a model keeps data unencrypted by a key"
# description: "Requests and model files lie on its volumes, and both tell about the people in the training data."
# custom:
#   id: AWS-098
#   severity: medium
#   checkov: CKV_AWS_98
#   fix: "Set kms_key_arn to a KMS key of your own."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-28
package custody.check.terraform.aws_sagemaker_endpoint_key

import data.custody.terraform as tf

findings contains tf.finding(configuration, "kms_key_arn", "no key encrypts its volumes") if {
	some configuration in input.resources.aws_sagemaker_endpoint_configuration
	not tf.given(tf.value(configuration, "kms_key_arn"))
}
