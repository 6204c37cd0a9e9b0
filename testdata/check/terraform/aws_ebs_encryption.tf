resource "aws_ebs_volume" "allowed" {
  availability_zone = "eu-central-1a"
  size              = 200
  encrypted         = true
}

resource "aws_ebs_volume" "refused" {
  availability_zone = "eu-central-1a"
  size              = 200
}

resource "aws_ebs_volume" "refused_off" {
  availability_zone = "eu-central-1a"
  size              = 200
  encrypted         = false
}
