resource "aws_elasticache_replication_group" "allowed" {
  replication_group_id       = "sessions"
  description                = "Sessions of the shop"
  at_rest_encryption_enabled = true
  kms_key_id                 = aws_kms_key.data.arn
}

resource "aws_elasticache_replication_group" "refused" {
  replication_group_id = "sessions"
  description          = "Sessions of the shop"
}
