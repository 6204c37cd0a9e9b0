resource "aws_efs_file_system" "allowed" {
  creation_token = "features"
  encrypted      = true
  kms_key_id     = aws_kms_key.data.arn
}

resource "aws_efs_file_system" "refused" {
  creation_token = "features"
  encrypted      = true
}
