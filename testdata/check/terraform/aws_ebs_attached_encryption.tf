resource "aws_ebs_volume" "allowed" {
  availability_zone = "eu-central-1a"
  size              = 200
  encrypted         = true
}

resource "aws_volume_attachment" "encrypted" {
  device_name = "/dev/sdh"
  volume_id   = aws_ebs_volume.allowed.id
  instance_id = aws_instance.worker.id
}

resource "aws_ebs_volume" "refused" {
  availability_zone = "eu-central-1a"
  size              = 200
}

resource "aws_volume_attachment" "plain" {
  device_name = "/dev/sdh"
  volume_id   = aws_ebs_volume.refused.id
  instance_id = aws_instance.worker.id
}

resource "aws_ebs_volume" "allowed_alone" {
  availability_zone = "eu-central-1a"
  size              = 200
}
