# METADATA
# title: "A key may be used by everybody"
# description: "Whoever gets at the encrypted data can then decrypt them, from any account."
# custom:
#   id: AWS-033
#   severity: critical
#   checkov: CKV_AWS_33
#   fix: "Name accounts, roles or services in Principal, or add a Condition such as kms:CallerAccount."
#   references:
#     - CWE-732
#     - NIST SP 800-53 AC-3
#     - NIST SP 800-53 SC-12
package custody.check.terraform.aws_kms_policy_public

import data.custody.terraform as tf

findings contains tf.finding(key, "policy", "its policy lets everybody use it") if {
	some key in input.resources.aws_kms_key
	some statement in tf.statements(tf.value(key, "policy"))
	statement.effect != "Deny"
	"*" in statement.principals
	statement.conditions == {}
}
