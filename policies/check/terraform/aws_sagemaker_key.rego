# METADATA
# title: "A notebook or SageMaker domain is not under a key of your own"
# description: "Extracts that analysts load stay on its volumes long after the study ends."
# custom:
#   id: AWS-187
#   severity: medium
#   checkov: CKV_AWS_187
#   fix: "Set kms_key_id to a KMS key of your own."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-12
#     - NIST SP 800-53 SC-28
package custody.check.terraform.aws_sagemaker_key

import data.custody.terraform as tf

findings contains tf.finding(studio, "kms_key_id", "no key of yours encrypts its volumes") if {
	some studio in tf.resources({"aws_sagemaker_domain", "aws_sagemaker_notebook_instance"})
	not tf.given(tf.value(studio, "kms_key_id"))
}
