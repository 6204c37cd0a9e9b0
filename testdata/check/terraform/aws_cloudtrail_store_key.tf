resource "aws_cloudtrail_event_data_store" "allowed" {
  name       = "reads-of-the-lake"
  kms_key_id = aws_kms_key.data.arn
}

resource "aws_cloudtrail_event_data_store" "refused" {
  name = "reads-of-the-lake"
}
