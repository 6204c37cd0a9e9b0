resource "aws_docdb_cluster" "allowed" {
  cluster_identifier = "profiles"
  engine             = "docdb"
  kms_key_id         = aws_kms_key.data.arn
}

resource "aws_docdb_cluster" "refused" {
  cluster_identifier = "profiles"
  engine             = "docdb"
}
