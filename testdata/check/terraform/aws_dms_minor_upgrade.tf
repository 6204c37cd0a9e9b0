resource "aws_dms_replication_instance" "allowed" {
  replication_instance_id    = "crm-to-lake"
  replication_instance_class = "dms.t3.medium"
  auto_minor_version_upgrade = true
}

resource "aws_dms_replication_instance" "refused" {
  replication_instance_id    = "crm-to-lake"
  replication_instance_class = "dms.t3.medium"
}

resource "aws_dms_replication_instance" "refused_off" {
  replication_instance_id    = "crm-to-lake"
  replication_instance_class = "dms.t3.medium"
  auto_minor_version_upgrade = false
}
