resource "aws_docdb_cluster" "allowed" {
  cluster_identifier      = "profiles"
  engine                  = "docdb"
  backup_retention_period = 14
}

resource "aws_docdb_cluster" "refused" {
  cluster_identifier      = "profiles"
  engine                  = "docdb"
  backup_retention_period = 1
}

resource "aws_docdb_cluster" "refused_default" {
  cluster_identifier = "profiles"
  engine             = "docdb"
}
