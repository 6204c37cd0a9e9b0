resource "aws_docdb_global_cluster" "allowed" {
  global_cluster_identifier = "profiles"
  engine                    = "docdb"
  storage_encrypted         = true
}

resource "aws_docdb_global_cluster" "refused" {
  global_cluster_identifier = "profiles"
  engine                    = "docdb"
}

resource "aws_docdb_global_cluster" "refused_off" {
  global_cluster_identifier = "profiles"
  engine                    = "docdb"
  storage_encrypted         = false
}
