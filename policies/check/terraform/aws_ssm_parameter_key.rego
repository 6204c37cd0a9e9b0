# METADATA
# title: "A secure parameter is not under a key of your own"
# description: "Whoever has the default key of the account reads every password in the parameter store."
# custom:
#   id: AWS-337
#   severity: medium
#   checkov: CKV_AWS_337
#   fix: "Set key_id to a KMS key of your own."
#   references:
#     - CWE-522
#     - NIST SP 800-53 SC-12
#     - NIST SP 800-53 IA-5
package custody.check.terraform.aws_ssm_parameter_key

import data.custody.terraform as tf

findings contains tf.finding(parameter, "key_id", "no key of yours encrypts it") if {
	some parameter in input.resources.aws_ssm_parameter
	tf.value(parameter, "type") == "SecureString"
	not tf.given(tf.value(parameter, "key_id"))
}
