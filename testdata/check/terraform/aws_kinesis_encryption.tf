resource "aws_kinesis_stream" "allowed" {
  name            = "clicks"
  shard_count     = 2
  encryption_type = "KMS"
  kms_key_id      = aws_kms_key.data.id
}

resource "aws_kinesis_stream" "refused" {
  name            = "clicks"
  shard_count     = 2
  encryption_type = "NONE"
}

resource "aws_kinesis_stream" "refused_missing" {
  name        = "clicks"
  shard_count = 2
}
