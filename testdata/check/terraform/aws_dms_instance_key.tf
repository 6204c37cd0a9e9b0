resource "aws_dms_replication_instance" "allowed" {
  replication_instance_id    = "crm-to-lake"
  replication_instance_class = "dms.t3.medium"
  kms_key_arn                = aws_kms_key.data.arn
}

resource "aws_dms_replication_instance" "refused" {
  replication_instance_id    = "crm-to-lake"
  replication_instance_class = "dms.t3.medium"
}
