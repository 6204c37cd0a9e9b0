resource "aws_elasticache_cluster" "allowed" {
  cluster_id                 = "sessions"
  engine                     = "redis"
  node_type                  = "cache.t4g.small"
  num_cache_nodes            = 1
  auto_minor_version_upgrade = true
}

resource "aws_elasticache_cluster" "allowed_default" {
  cluster_id      = "sessions"
  engine          = "redis"
  node_type       = "cache.t4g.small"
  num_cache_nodes = 1
}

resource "aws_elasticache_cluster" "refused" {
  cluster_id                 = "sessions"
  engine                     = "redis"
  node_type                  = "cache.t4g.small"
  num_cache_nodes            = 1
  auto_minor_version_upgrade = false
}
