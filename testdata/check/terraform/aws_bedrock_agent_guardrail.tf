resource "aws_bedrockagent_agent" "allowed" {
  agent_name              = "claims-helper"
  agent_resource_role_arn = aws_iam_role.agent.arn
  foundation_model        = "anthropic.claude-v2"

  guardrail_configuration {
    guardrail_identifier = aws_bedrock_guardrail.personal_data.guardrail_id
    guardrail_version    = "1"
  }
}

resource "aws_bedrockagent_agent" "refused" {
  agent_name              = "claims-helper"
  agent_resource_role_arn = aws_iam_role.agent.arn
  foundation_model        = "anthropic.claude-v2"
}
