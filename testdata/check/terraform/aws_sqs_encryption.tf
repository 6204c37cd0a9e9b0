resource "aws_sqs_queue" "allowed" {
  name              = "erasure-requests"
  kms_master_key_id = aws_kms_key.data.id
}

resource "aws_sqs_queue" "allowed_managed" {
  name                    = "erasure-requests"
  sqs_managed_sse_enabled = true
}

resource "aws_sqs_queue" "refused" {
  name = "erasure-requests"
}

resource "aws_sqs_queue" "refused_off" {
  name                    = "erasure-requests"
  sqs_managed_sse_enabled = false
}
