resource "aws_sqs_queue" "allowed" {
  name              = "erasure-requests"
  kms_master_key_id = aws_kms_key.data.id
}

resource "aws_sqs_queue" "allowed_none" {
  name = "erasure-requests"
}

resource "aws_sqs_queue" "refused" {
  name              = "erasure-requests"
  kms_master_key_id = "alias/aws/sqs"
}
