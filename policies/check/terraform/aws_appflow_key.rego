# METADATA
# title: "An AppFlow flow is not under a key of your own"
# description: "Contacts and cases of a CRM pass through it."
# custom:
#   id: AWS-263
#   severity: medium
#   checkov: CKV_AWS_263
#   fix: "Set kms_arn to a KMS key of your own."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-12
#     - NIST SP 800-53 SC-28
package custody.check.terraform.aws_appflow_key

import data.custody.terraform as tf

findings contains tf.finding(flow, "kms_arn", "no key of yours encrypts it") if {
	some flow in input.resources.aws_appflow_flow
	not tf.given(tf.value(flow, "kms_arn"))
}
