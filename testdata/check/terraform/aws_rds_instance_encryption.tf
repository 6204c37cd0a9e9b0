resource "aws_db_instance" "allowed" {
  identifier        = "orders"
  engine            = "postgres"
  instance_class    = "db.m7g.large"
  storage_encrypted = true
}

resource "aws_db_instance" "refused" {
  identifier     = "orders"
  engine         = "postgres"
  instance_class = "db.m7g.large"
}

resource "aws_db_instance" "refused_off" {
  identifier        = "orders"
  engine            = "postgres"
  instance_class    = "db.m7g.large"
  storage_encrypted = false
}
