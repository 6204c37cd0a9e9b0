# METADATA
# title: "A notebook stands outside your network"
# description: "Its traffic passes no firewall, flow log or endpoint policy of yours."
# custom:
#   id: AWS-306
#   severity: medium
#   checkov: CKV_AWS_306
#   fix: "Set subnet_id to a private subnet, with security_groups."
#   references:
#     - NIST SP 800-53 SC-7
#     - NIST SP 800-53 AC-4
package custody.check.terraform.aws_sagemaker_notebook_subnet

import data.custody.terraform as tf

findings contains tf.finding(notebook, "subnet_id", "it stands in a network of the service") if {
	some notebook in input.resources.aws_sagemaker_notebook_instance
	not tf.given(tf.value(notebook, "subnet_id"))
}
