resource "aws_memorydb_cluster" "allowed" {
  name        = "sessions"
  acl_name    = "sessions"
  node_type   = "db.t4g.small"
  tls_enabled = true
}

resource "aws_memorydb_cluster" "refused" {
  name        = "sessions"
  acl_name    = "sessions"
  node_type   = "db.t4g.small"
  tls_enabled = false
}
