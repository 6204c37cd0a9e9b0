# METADATA
# title: "A Glue job, crawler or endpoint has no security configuration"
# description: "What it writes to buckets, logs and bookmarks is then encrypted by nothing that you chose."
# custom:
#   id: AWS-195
#   severity: medium
#   checkov: CKV_AWS_195
#   fix: "Set security_configuration to the name of an aws_glue_security_configuration."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-28
package custody.check.terraform.aws_glue_security_configuration_missing

import data.custody.terraform as tf

findings contains tf.finding(component, "security_configuration", "it has no security configuration") if {
	some component in tf.resources({"aws_glue_crawler", "aws_glue_dev_endpoint", "aws_glue_job"})
	not tf.given(tf.value(component, "security_configuration"))
}
