# METADATA
# title: "Users of a notebook are root"
# description: "Root can switch off whatever watches the data and read what other users left."
# custom:
#   id: AWS-307
#   severity: medium
#   checkov: CKV_AWS_307
#   fix: "Write root_access = \"Disabled\"."
#   references:
#     - CWE-250
#     - NIST SP 800-53 AC-6
package custody.check.terraform.aws_sagemaker_notebook_root

import data.custody.terraform as tf

findings contains tf.finding(notebook, "root_access", "its users are root") if {
	some notebook in input.resources.aws_sagemaker_notebook_instance
	not tf.among(tf.value(notebook, "root_access"), {"Disabled"})
}
