resource "aws_bedrockagent_agent" "allowed" {
  agent_name                  = "claims-helper"
  agent_resource_role_arn     = aws_iam_role.agent.arn
  foundation_model            = "anthropic.claude-v2"
  customer_encryption_key_arn = aws_kms_key.data.arn
}

resource "aws_bedrockagent_agent" "refused" {
  agent_name              = "claims-helper"
  agent_resource_role_arn = aws_iam_role.agent.arn
  foundation_model        = "anthropic.claude-v2"
}
