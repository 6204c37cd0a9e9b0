resource "aws_kms_key" "allowed" {
  description = "Key of the lake"
  is_enabled  = true
}

resource "aws_kms_key" "refused" {
  description = "Key of the lake"
  is_enabled  = false
}
