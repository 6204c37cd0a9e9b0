resource "aws_elasticsearch_domain" "allowed" {
  domain_name = "support-tickets"

  encrypt_at_rest {
    enabled    = true
    kms_key_id = aws_kms_key.data.arn
  }
}

resource "aws_elasticsearch_domain" "refused" {
  domain_name = "support-tickets"

  encrypt_at_rest {
    enabled = true
  }
}

resource "aws_opensearch_domain" "allowed" {
  domain_name = "support-tickets"

  encrypt_at_rest {
    enabled    = true
    kms_key_id = aws_kms_key.data.arn
  }
}

resource "aws_opensearch_domain" "refused" {
  domain_name = "support-tickets"

  encrypt_at_rest {
    enabled = true
  }
}
