# METADATA
# title: "A Bedrock agent has no guardrail"
# description: "Nothing filters personal data out of what it is asked and what it answers."
# custom:
#   id: AWS-383
#   severity: medium
#   checkov: CKV_AWS_383
#   fix: "Set guardrail_configuration with guardrail_identifier and guardrail_version."
#   references:
#     - CWE-1426
#     - NIST SP 800-53 SI-4
package custody.check.terraform.aws_bedrock_agent_guardrail

import data.custody.terraform as tf

findings contains tf.finding(agent, "guardrail_configuration.guardrail_identifier", "no guardrail stands before it") if {
	some agent in input.resources.aws_bedrockagent_agent
	not tf.given(tf.value(agent, "guardrail_configuration.guardrail_identifier"))
}
