resource "aws_kms_key" "allowed" {
  description         = "Key of the lake"
  enable_key_rotation = true
}

resource "aws_kms_key" "allowed_asymmetric" {
  description              = "Key of the lake"
  customer_master_key_spec = "RSA_4096"
}

resource "aws_kms_key" "refused" {
  description = "Key of the lake"
}

resource "aws_kms_key" "refused_off" {
  description         = "Key of the lake"
  enable_key_rotation = false
}
