resource "aws_elasticsearch_domain" "allowed" {
  domain_name = "support-tickets"

  cluster_config {
    dedicated_master_enabled = true
    dedicated_master_count   = 3
    zone_awareness_enabled   = true
  }
}

resource "aws_elasticsearch_domain" "refused" {
  domain_name = "support-tickets"
}

resource "aws_opensearch_domain" "allowed" {
  domain_name = "support-tickets"

  cluster_config {
    dedicated_master_enabled = true
    dedicated_master_count   = 3
    zone_awareness_enabled   = true
  }
}

resource "aws_opensearch_domain" "refused" {
  domain_name = "support-tickets"
}

resource "aws_opensearch_domain" "refused_two" {
  domain_name = "support-tickets"

  cluster_config {
    dedicated_master_count = 2
    zone_awareness_enabled = true
  }
}
