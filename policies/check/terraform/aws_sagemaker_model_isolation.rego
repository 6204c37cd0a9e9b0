# METADATA
# title: "A model may call out of its container"
# description: "Code inside a model could send away the records that it is asked about."
# custom:
#   id: AWS-370
#   severity: medium
#   checkov: CKV_AWS_370
#   fix: "Write enable_network_isolation = true."
#   references:
#     - CWE-284
#     - NIST SP 800-53 SC-7
package custody.check.terraform.aws_sagemaker_model_isolation

import data.custody.terraform as tf

findings contains tf.finding(model, "enable_network_isolation", "its containers may call out") if {
	some model in input.resources.aws_sagemaker_model
	not tf.yes(tf.value(model, "enable_network_isolation"))
}
