# METADATA
# title: "A topic is open to everybody"
# description: "Any AWS account can subscribe to it and read along."
# custom:
#   id: AWS-169
#   severity: critical
#   checkov: CKV_AWS_169
#   fix: "Name the accounts, roles or services in Principal, or narrow it by a Condition on aws:SourceArn or aws:SourceAccount."
#   references:
#     - CWE-732
#     - NIST SP 800-53 AC-3
#     - GDPR Art. 32
package custody.check.terraform.aws_sns_policy_public

import data.custody.terraform as tf

findings contains tf.finding(topic, "policy", "its policy lets everybody in") if {
	some topic in input.resources.aws_sns_topic_policy
	some statement in tf.statements(tf.value(topic, "policy"))
	tf.lets_everybody_in(statement)
}
