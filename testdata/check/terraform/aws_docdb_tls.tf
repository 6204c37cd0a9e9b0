resource "aws_docdb_cluster_parameter_group" "allowed" {
  family = "docdb5.0"

  parameter {
    name  = "tls"
    value = "enabled"
  }
}

resource "aws_docdb_cluster_parameter_group" "allowed_default" {
  family = "docdb5.0"

  parameter {
    name  = "audit_logs"
    value = "all"
  }
}

resource "aws_docdb_cluster_parameter_group" "refused" {
  family = "docdb5.0"

  parameter {
    name  = "tls"
    value = "disabled"
  }
}
