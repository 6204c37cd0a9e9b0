resource "aws_emr_block_public_access_configuration" "allowed" {
  block_public_security_group_rules = true
}

resource "aws_emr_block_public_access_configuration" "refused" {
}

resource "aws_emr_block_public_access_configuration" "refused_off" {
  block_public_security_group_rules = false
}
