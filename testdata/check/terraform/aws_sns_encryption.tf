resource "aws_sns_topic" "allowed" {
  name              = "erasure-requests"
  kms_master_key_id = aws_kms_key.data.id
}

resource "aws_sns_topic" "refused" {
  name = "erasure-requests"
}
