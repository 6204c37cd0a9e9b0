# METADATA
# title: "A queue policy allows everybody without a condition"
# description: "Whoever learns the address of the queue takes messages out of it."
# custom:
#   id: AWS-387
#   severity: critical
#   checkov: CKV_AWS_387
#   fix: "Name who may use the queue in Principal, or add a Condition."
#   references:
#     - CWE-732
#     - NIST SP 800-53 AC-3
#     - GDPR Art. 32
package custody.check.terraform.aws_sqs_policy_wildcard

import data.custody.terraform as tf

findings contains tf.finding(queue, "policy", "its policy allows everybody without a condition") if {
	some queue in input.resources.aws_sqs_queue_policy
	some statement in tf.statements(tf.value(queue, "policy"))
	statement.effect == "Allow"
	some action in statement.actions
	regex.match(`^(\*$|sqs:|SQS:)`, action)
	"*" in statement.principals
	statement.conditions == {}
}
