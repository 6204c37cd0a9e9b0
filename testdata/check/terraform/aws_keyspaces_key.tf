resource "aws_keyspaces_table" "allowed" {
  keyspace_name = "telemetry"
  table_name    = "readings"

  encryption_specification {
    kms_key_identifier = aws_kms_key.data.arn
    type               = "CUSTOMER_MANAGED_KMS_KEY"
  }
}

resource "aws_keyspaces_table" "refused" {
  keyspace_name = "telemetry"
  table_name    = "readings"
}

resource "aws_keyspaces_table" "refused_default_key" {
  keyspace_name = "telemetry"
  table_name    = "readings"

  encryption_specification {
    type = "AWS_OWNED_KMS_KEY"
  }
}
