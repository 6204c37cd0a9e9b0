resource "aws_ebs_encryption_by_default" "allowed" {
  enabled = true
}

resource "aws_ebs_encryption_by_default" "refused" {
  enabled = false
}
