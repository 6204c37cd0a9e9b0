# METADATA
# title: "A queue is open to everybody"
# description: "Any AWS account can read its messages, or send forged ones."
# custom:
#   id: AWS-168
#   severity: critical
#   checkov: CKV_AWS_168
#   fix: "Name the accounts, roles or services in Principal, or narrow it by a Condition on aws:SourceArn or aws:SourceAccount."
#   references:
#     - CWE-732
#     - NIST SP 800-53 AC-3
#     - GDPR Art. 32
package custody.check.terraform.aws_sqs_policy_public

import data.custody.terraform as tf

findings contains tf.finding(queue, "policy", "its policy lets everybody in") if {
	some queue in tf.resources({"aws_sqs_queue", "aws_sqs_queue_policy"})
	some statement in tf.statements(tf.value(queue, "policy"))
	tf.lets_everybody_in(statement)
}
