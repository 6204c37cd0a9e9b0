resource "aws_dynamodb_table_replica" "allowed" {
  global_table_arn = aws_dynamodb_table.carts.arn
  kms_key_arn      = aws_kms_key.data.arn
}

resource "aws_dynamodb_table_replica" "refused" {
  global_table_arn = aws_dynamodb_table.carts.arn
}
