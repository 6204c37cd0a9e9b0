resource "aws_elasticache_replication_group" "allowed" {
  replication_group_id       = "sessions"
  description                = "Sessions of the shop"
  automatic_failover_enabled = true
}

resource "aws_elasticache_replication_group" "refused" {
  replication_group_id = "sessions"
  description          = "Sessions of the shop"
}

resource "aws_elasticache_replication_group" "refused_off" {
  replication_group_id       = "sessions"
  description                = "Sessions of the shop"
  automatic_failover_enabled = false
}
