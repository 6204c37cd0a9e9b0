resource "aws_db_instance" "allowed" {
  identifier          = "orders"
  engine              = "postgres"
  instance_class      = "db.m7g.large"
  deletion_protection = true
}

resource "aws_db_instance" "refused" {
  identifier     = "orders"
  engine         = "postgres"
  instance_class = "db.m7g.large"
}

resource "aws_db_instance" "refused_off" {
  identifier          = "orders"
  engine              = "postgres"
  instance_class      = "db.m7g.large"
  deletion_protection = false
}
