resource "aws_ebs_volume" "allowed" {
  availability_zone = "eu-central-1a"
  size              = 200
  encrypted         = true
  kms_key_id        = aws_kms_key.data.arn
}

resource "aws_ebs_volume" "refused" {
  availability_zone = "eu-central-1a"
  size              = 200
  encrypted         = true
}
