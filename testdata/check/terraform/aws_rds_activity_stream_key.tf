resource "aws_rds_cluster_activity_stream" "allowed" {
  resource_arn = aws_rds_cluster.orders.arn
  mode         = "async"
  kms_key_id   = aws_kms_key.data.arn
}

resource "aws_rds_cluster_activity_stream" "refused" {
  resource_arn = aws_rds_cluster.orders.arn
  mode         = "async"
}
