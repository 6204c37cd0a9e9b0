resource "aws_db_subnet_group" "allowed" {
  name       = "orders"
  subnet_ids = [aws_subnet.private_a.id, aws_subnet.private_b.id]
}

resource "aws_db_security_group" "refused" {
  name = "orders"

  ingress {
    cidr = "10.0.0.0/24"
  }
}
