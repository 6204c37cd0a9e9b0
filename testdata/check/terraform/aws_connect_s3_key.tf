resource "aws_connect_instance_storage_config" "allowed" {
  instance_id   = aws_connect_instance.support.id
  resource_type = "CHAT_TRANSCRIPTS"

  storage_config {
    storage_type = "S3"

    s3_config {
      bucket_name   = "support"
      bucket_prefix = "chats"

      encryption_config {
        encryption_type = "KMS"
        key_id          = aws_kms_key.data.arn
      }
    }
  }
}

resource "aws_connect_instance_storage_config" "refused" {
  instance_id   = aws_connect_instance.support.id
  resource_type = "CHAT_TRANSCRIPTS"

  storage_config {
    storage_type = "S3"

    s3_config {
      bucket_name   = "support"
      bucket_prefix = "chats"
    }
  }
}
