resource "aws_elasticsearch_domain" "allowed" {
  domain_name = "support-tickets"

  cluster_config {
    instance_count = 3
  }

  node_to_node_encryption {
    enabled = true
  }
}

resource "aws_elasticsearch_domain" "refused" {
  domain_name = "support-tickets"

  cluster_config {
    instance_count = 3
  }
}

resource "aws_opensearch_domain" "allowed" {
  domain_name = "support-tickets"

  cluster_config {
    instance_count = 3
  }

  node_to_node_encryption {
    enabled = true
  }
}

resource "aws_opensearch_domain" "refused" {
  domain_name = "support-tickets"

  cluster_config {
    instance_count = 3
  }
}

resource "aws_opensearch_domain" "allowed_single" {
  domain_name = "support-tickets"

  cluster_config {
    instance_count = 1
  }
}
