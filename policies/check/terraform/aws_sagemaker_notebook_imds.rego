# METADATA
# title: "A notebook hands out credentials without a session"
# description: "A request that a page or package forges gets the role of the notebook, with all data it may read."
# custom:
#   id: AWS-371
#   severity: medium
#   checkov: CKV_AWS_371
#   fix: "Write minimum_instance_metadata_service_version = \"2\" in instance_metadata_service_configuration."
#   references:
#     - CWE-918
#     - NIST SP 800-53 AC-3
package custody.check.terraform.aws_sagemaker_notebook_imds

import data.custody.terraform as tf

findings contains tf.finding(notebook, "instance_metadata_service_configuration.minimum_instance_metadata_service_version", "its metadata service answers without a session") if {
	some notebook in input.resources.aws_sagemaker_notebook_instance
	not tf.among(tf.value(notebook, "instance_metadata_service_configuration.minimum_instance_metadata_service_version"), {"2"})
}
