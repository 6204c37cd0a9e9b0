# METADATA
# title: "Volumes of a data quality job are not under a key of your own"
# description: "The job copies captured requests to them to measure drift."
# custom:
#   id: AWS-368
#   severity: medium
#   checkov: CKV_AWS_368
#   fix: "Set job_resources.cluster_config.volume_kms_key_id to a KMS key of your own."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-12
#     - NIST SP 800-53 SC-28
package custody.check.terraform.aws_sagemaker_quality_volume_key

import data.custody.terraform as tf

findings contains tf.finding(job, "job_resources.cluster_config.volume_kms_key_id", "no key of yours encrypts its volume") if {
	some job in input.resources.aws_sagemaker_data_quality_job_definition
	not tf.given(tf.value(job, "job_resources.cluster_config.volume_kms_key_id"))
}
