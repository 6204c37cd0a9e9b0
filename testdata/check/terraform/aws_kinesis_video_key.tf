resource "aws_kinesis_video_stream" "allowed" {
  name                    = "ward-cameras"
  data_retention_in_hours = 24
  kms_key_id              = aws_kms_key.data.arn
}

resource "aws_kinesis_video_stream" "refused" {
  name                    = "ward-cameras"
  data_retention_in_hours = 24
}
