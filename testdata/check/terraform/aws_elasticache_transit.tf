resource "aws_elasticache_replication_group" "allowed" {
  replication_group_id       = "sessions"
  description                = "Sessions of the shop"
  transit_encryption_enabled = true
  auth_token                 = var.token
}

resource "aws_elasticache_replication_group" "allowed_users" {
  replication_group_id       = "sessions"
  description                = "Sessions of the shop"
  transit_encryption_enabled = true
  user_group_ids             = [aws_elasticache_user_group.shop.id]
}

resource "aws_elasticache_replication_group" "refused" {
  replication_group_id = "sessions"
  description          = "Sessions of the shop"
}

resource "aws_elasticache_replication_group" "refused_no_token" {
  replication_group_id       = "sessions"
  description                = "Sessions of the shop"
  transit_encryption_enabled = true
}

variable "token" {
  type      = string
  sensitive = true
}
