# METADATA
# title: "Instances of a data quality job talk in the clear"
# description: "Batches of records pass between them over the network."
# custom:
#   id: AWS-369
#   severity: medium
#   checkov: CKV_AWS_369
#   fix: "Write enable_inter_container_traffic_encryption = true in network_config."
#   references:
#     - CWE-319
#     - NIST SP 800-53 SC-8
package custody.check.terraform.aws_sagemaker_quality_traffic

import data.custody.terraform as tf

findings contains tf.finding(job, "network_config.enable_inter_container_traffic_encryption", "its instances talk in the clear") if {
	some job in input.resources.aws_sagemaker_data_quality_job_definition
	not tf.yes(tf.value(job, "network_config.enable_inter_container_traffic_encryption"))
}
