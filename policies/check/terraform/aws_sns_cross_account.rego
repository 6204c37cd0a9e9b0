# METADATA
# title: "A topic lets another account in without a condition"
# description: "Whoever holds a role there reads along, and its administrators decide who that is."
# custom:
#   id: AWS-385
#   severity: medium
#   checkov: CKV_AWS_385
#   fix: "Narrow the statement by a Condition, such as aws:PrincipalOrgID or aws:SourceArn."
#   references:
#     - CWE-284
#     - NIST SP 800-53 AC-3
#     - NIST SP 800-53 AC-4
package custody.check.terraform.aws_sns_cross_account

import data.custody.terraform as tf

findings contains tf.finding(topic, "policy", "its policy lets a foreign principal in without a condition") if {
	some topic in input.resources.aws_sns_topic_policy
	some statement in tf.statements(tf.value(topic, "policy"))
	statement.effect == "Allow"
	some principal in statement.principals
	startswith(principal, "AWS:arn:aws:iam::")
	not tf.is_narrowed(statement)
}
