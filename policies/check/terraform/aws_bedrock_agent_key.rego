# METADATA
# title: "A Bedrock agent is not under a key of your own"
# description: "Its sessions hold what users told it about themselves."
# custom:
#   id: AWS-373
#   severity: medium
#   checkov: CKV_AWS_373
#   fix: "Set customer_encryption_key_arn to a KMS key of your own."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-12
#     - NIST SP 800-53 SC-28
package custody.check.terraform.aws_bedrock_agent_key

import data.custody.terraform as tf

findings contains tf.finding(agent, "customer_encryption_key_arn", "no key of yours encrypts it") if {
	some agent in input.resources.aws_bedrockagent_agent
	not tf.given(tf.value(agent, "customer_encryption_key_arn"))
}
