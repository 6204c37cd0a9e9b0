resource "aws_memorydb_cluster" "allowed" {
  name        = "sessions"
  acl_name    = "sessions"
  node_type   = "db.t4g.small"
  kms_key_arn = aws_kms_key.data.arn
}

resource "aws_memorydb_cluster" "refused" {
  name      = "sessions"
  acl_name  = "sessions"
  node_type = "db.t4g.small"
}
