# METADATA
# title: "A notebook has direct access to the internet"
# description: "What is loaded into it for a study can be sent anywhere, past every control of the network."
# custom:
#   id: AWS-122
#   severity: high
#   checkov: CKV_AWS_122
#   fix: "Write direct_internet_access = \"Disabled\", with a subnet_id and security groups."
#   references:
#     - CWE-284
#     - NIST SP 800-53 SC-7
#     - NIST SP 800-53 AC-4
package custody.check.terraform.aws_sagemaker_notebook_internet

import data.custody.terraform as tf

findings contains tf.finding(notebook, "direct_internet_access", "it has direct access to the internet") if {
	some notebook in input.resources.aws_sagemaker_notebook_instance
	tf.value(notebook, "direct_internet_access") != null
	not tf.among(tf.value(notebook, "direct_internet_access"), {"Disabled"})
}
