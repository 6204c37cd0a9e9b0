resource "aws_docdb_cluster_parameter_group" "allowed" {
  family = "docdb5.0"

  parameter {
    name  = "tls"
    value = "enabled"
  }

  parameter {
    name  = "audit_logs"
    value = "all"
  }
}

resource "aws_docdb_cluster_parameter_group" "refused" {
  family = "docdb5.0"

  parameter {
    name  = "audit_logs"
    value = "disabled"
  }
}

resource "aws_docdb_cluster_parameter_group" "refused_missing" {
  family = "docdb5.0"

  parameter {
    name  = "tls"
    value = "enabled"
  }
}
