resource "aws_elasticache_subnet_group" "allowed" {
  name       = "sessions"
  subnet_ids = [aws_subnet.private_a.id, aws_subnet.private_b.id]
}

resource "aws_elasticache_security_group" "refused" {
  name                 = "sessions"
  security_group_names = [aws_security_group.shop.name]
}
