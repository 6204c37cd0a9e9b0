resource "aws_appflow_connector_profile" "allowed" {
  name            = "salesforce"
  connector_type  = "Salesforce"
  connection_mode = "Public"
  kms_arn         = aws_kms_key.data.arn
}

resource "aws_appflow_connector_profile" "refused" {
  name            = "salesforce"
  connector_type  = "Salesforce"
  connection_mode = "Public"
}
