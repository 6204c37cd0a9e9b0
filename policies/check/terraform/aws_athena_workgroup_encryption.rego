# METADATA
# title: "Results of Athena queries are not encrypted with a key"
# description: "Whoever reads the bucket of results reads every answer."
# custom:
#   id: AWS-159
#   severity: medium
#   checkov: CKV_AWS_159
#   fix: "Set result_configuration.encryption_configuration.encryption_option to SSE_KMS or CSE_KMS, with a key of your own."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-28
package custody.check.terraform.aws_athena_workgroup_encryption

import data.custody.terraform as tf

findings contains tf.finding(workgroup, "configuration", "its results are not encrypted") if {
	some workgroup in input.resources.aws_athena_workgroup
	not tf.given(tf.value(workgroup, "configuration.result_configuration.encryption_configuration.encryption_option"))
}
