resource "aws_elasticsearch_domain" "allowed" {
  domain_name = "support-tickets"

  vpc_options {
    subnet_ids         = [aws_subnet.private.id]
    security_group_ids = [aws_security_group.search.id]
  }
}

resource "aws_elasticsearch_domain" "refused" {
  domain_name = "support-tickets"
}

resource "aws_opensearch_domain" "allowed" {
  domain_name = "support-tickets"

  vpc_options {
    subnet_ids         = [aws_subnet.private.id]
    security_group_ids = [aws_security_group.search.id]
  }
}

resource "aws_opensearch_domain" "refused" {
  domain_name = "support-tickets"
}
