resource "aws_elasticsearch_domain" "allowed" {
  domain_name = "support-tickets"

  domain_endpoint_options {
    tls_security_policy = "Policy-Min-TLS-1-2-2019-07"
  }
}

resource "aws_elasticsearch_domain" "refused" {
  domain_name = "support-tickets"

  domain_endpoint_options {
    tls_security_policy = "Policy-Min-TLS-1-0-2019-07"
  }
}

resource "aws_elasticsearch_domain" "refused_missing" {
  domain_name = "support-tickets"
}

resource "aws_opensearch_domain" "allowed" {
  domain_name = "support-tickets"

  domain_endpoint_options {
    tls_security_policy = "Policy-Min-TLS-1-2-2019-07"
  }
}

resource "aws_opensearch_domain" "refused" {
  domain_name = "support-tickets"

  domain_endpoint_options {
    tls_security_policy = "Policy-Min-TLS-1-0-2019-07"
  }
}
