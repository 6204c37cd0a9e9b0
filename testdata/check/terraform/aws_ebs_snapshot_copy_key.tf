resource "aws_ebs_snapshot_copy" "allowed" {
  source_snapshot_id = "snap-0a1b2c3d4e5f60718"
  source_region      = "eu-west-1"
  encrypted          = true
  kms_key_id         = aws_kms_key.data.arn
}

resource "aws_ebs_snapshot_copy" "refused" {
  source_snapshot_id = "snap-0a1b2c3d4e5f60718"
  source_region      = "eu-west-1"
}
