# METADATA
# title: "A queue policy allows every action"
# description: "Who should only send may also read, purge and delete."
# custom:
#   id: AWS-072
#   severity: medium
#   checkov: CKV_AWS_72
#   fix: "List the actions that are needed, such as sqs:SendMessage."
#   references:
#     - CWE-269
#     - NIST SP 800-53 AC-6
package custody.check.terraform.aws_sqs_policy_all_actions

import data.custody.terraform as tf

findings contains tf.finding(queue, "policy", "its policy allows every action") if {
	some queue in input.resources.aws_sqs_queue_policy
	some statement in tf.statements(tf.value(queue, "policy"))
	statement.effect != "Deny"
	"*" in statement.actions
}
