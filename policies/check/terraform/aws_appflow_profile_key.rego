# METADATA
# title: "Credentials of AppFlow are not under a key of your own"
# description: "The profile keeps the tokens with which another system is read."
# custom:
#   id: AWS-264
#   severity: medium
#   checkov: CKV_AWS_264
#   fix: "Set kms_arn to a KMS key of your own."
#   references:
#     - CWE-522
#     - NIST SP 800-53 SC-12
#     - NIST SP 800-53 IA-5
package custody.check.terraform.aws_appflow_profile_key

import data.custody.terraform as tf

findings contains tf.finding(profile, "kms_arn", "no key of yours encrypts it") if {
	some profile in input.resources.aws_appflow_connector_profile
	not tf.given(tf.value(profile, "kms_arn"))
}
