resource "aws_db_instance" "allowed" {
  identifier     = "orders"
  engine         = "aurora-postgresql"
  engine_version = "15.4"
  instance_class = "db.r7g.large"
}

resource "aws_db_instance" "refused" {
  identifier     = "orders"
  engine         = "aurora-postgresql"
  engine_version = "11.8"
  instance_class = "db.r7g.large"
}
