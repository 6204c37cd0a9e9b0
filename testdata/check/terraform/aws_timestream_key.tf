resource "aws_timestreamwrite_database" "allowed" {
  database_name = "heart-rates"
  kms_key_id    = aws_kms_key.data.arn
}

resource "aws_timestreamwrite_database" "refused" {
  database_name = "heart-rates"
}
