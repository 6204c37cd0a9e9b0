resource "aws_elasticsearch_domain" "allowed" {
  domain_name = "support-tickets"

  domain_endpoint_options {
    enforce_https = true
  }
}

resource "aws_elasticsearch_domain" "refused" {
  domain_name = "support-tickets"

  domain_endpoint_options {
    enforce_https = false
  }
}

resource "aws_opensearch_domain" "allowed" {
  domain_name = "support-tickets"

  domain_endpoint_options {
    enforce_https = true
  }
}

resource "aws_opensearch_domain" "refused" {
  domain_name = "support-tickets"

  domain_endpoint_options {
    enforce_https = false
  }
}
