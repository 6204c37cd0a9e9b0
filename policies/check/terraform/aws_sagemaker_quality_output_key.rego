# METADATA
# title: "Output of a data quality job is not under a key of your own"
# description: "Its statistics hold minima, maxima and samples, which are values of real people."
# custom:
#   id: AWS-367
#   severity: medium
#   checkov: CKV_AWS_367
#   fix: "Set data_quality_job_output_config.kms_key_id to a KMS key of your own."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-12
#     - NIST SP 800-53 SC-28
package custody.check.terraform.aws_sagemaker_quality_output_key

import data.custody.terraform as tf

findings contains tf.finding(job, "data_quality_job_output_config.kms_key_id", "no key of yours encrypts its output") if {
	some job in input.resources.aws_sagemaker_data_quality_job_definition
	not tf.given(tf.value(job, "data_quality_job_output_config.kms_key_id"))
}
