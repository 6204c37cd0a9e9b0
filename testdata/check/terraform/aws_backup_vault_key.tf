resource "aws_backup_vault" "allowed" {
  name        = "lake"
  kms_key_arn = aws_kms_key.data.arn
}

resource "aws_backup_vault" "refused" {
  name = "lake"
}
