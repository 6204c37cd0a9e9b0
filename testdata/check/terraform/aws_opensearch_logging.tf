resource "aws_elasticsearch_domain" "allowed" {
  domain_name = "support-tickets"

  log_publishing_options {
    cloudwatch_log_group_arn = aws_cloudwatch_log_group.search.arn
    log_type                 = "INDEX_SLOW_LOGS"
  }
}

resource "aws_elasticsearch_domain" "refused" {
  domain_name = "support-tickets"
}

resource "aws_opensearch_domain" "allowed" {
  domain_name = "support-tickets"

  log_publishing_options {
    cloudwatch_log_group_arn = aws_cloudwatch_log_group.search.arn
    log_type                 = "INDEX_SLOW_LOGS"
  }
}

resource "aws_opensearch_domain" "refused" {
  domain_name = "support-tickets"
}

resource "aws_opensearch_domain" "refused_off" {
  domain_name = "support-tickets"

  log_publishing_options {
    cloudwatch_log_group_arn = aws_cloudwatch_log_group.search.arn
    log_type                 = "INDEX_SLOW_LOGS"
    enabled                  = false
  }
}
