resource "aws_db_instance" "allowed" {
  identifier         = "orders"
  engine             = "postgres"
  instance_class     = "db.m7g.large"
  ca_cert_identifier = "rds-ca-rsa2048-g1"
}

resource "aws_db_instance" "refused" {
  identifier         = "orders"
  engine             = "postgres"
  instance_class     = "db.m7g.large"
  ca_cert_identifier = "rds-ca-2019"
}
