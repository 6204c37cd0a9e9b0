resource "aws_db_instance" "allowed" {
  identifier                          = "orders"
  engine                              = "postgres"
  instance_class                      = "db.m7g.large"
  iam_database_authentication_enabled = true
}

resource "aws_db_instance" "allowed_oracle" {
  identifier     = "ledger"
  engine         = "oracle-ee"
  instance_class = "db.m7g.large"
}

resource "aws_db_instance" "refused" {
  identifier     = "orders"
  engine         = "postgres"
  instance_class = "db.m7g.large"
}

resource "aws_db_instance" "refused_off" {
  identifier                          = "orders"
  engine                              = "postgres"
  instance_class                      = "db.m7g.large"
  iam_database_authentication_enabled = false
}
