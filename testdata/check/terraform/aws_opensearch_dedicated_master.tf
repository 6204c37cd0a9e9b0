resource "aws_elasticsearch_domain" "allowed" {
  domain_name = "support-tickets"

  cluster_config {
    dedicated_master_enabled = true
  }
}

resource "aws_elasticsearch_domain" "refused" {
  domain_name = "support-tickets"
}

resource "aws_elasticsearch_domain" "refused_off" {
  domain_name = "support-tickets"

  cluster_config {
    dedicated_master_enabled = false
  }
}

resource "aws_opensearch_domain" "allowed" {
  domain_name = "support-tickets"

  cluster_config {
    dedicated_master_enabled = true
  }
}

resource "aws_opensearch_domain" "refused" {
  domain_name = "support-tickets"
}
