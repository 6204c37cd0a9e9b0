resource "aws_eip" "allowed" {
  domain   = "vpc"
  instance = aws_instance.gateway.id
}

resource "aws_instance" "gateway" {
  ami           = "ami-0a1b2c3d4e5f60718"
  instance_type = "t3.small"
}

resource "aws_eip" "allowed_associated" {
  domain = "vpc"
}

resource "aws_eip_association" "gateway" {
  instance_id   = aws_instance.gateway.id
  allocation_id = aws_eip.allowed_associated.id
}

resource "aws_eip" "refused" {
  domain = "vpc"
}
