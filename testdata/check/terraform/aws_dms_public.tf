resource "aws_dms_replication_instance" "allowed" {
  replication_instance_id    = "crm-to-lake"
  replication_instance_class = "dms.t3.medium"
  publicly_accessible        = false
}

resource "aws_dms_replication_instance" "refused" {
  replication_instance_id    = "crm-to-lake"
  replication_instance_class = "dms.t3.medium"
  publicly_accessible        = true
}
