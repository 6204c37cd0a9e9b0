resource "aws_db_instance" "allowed" {
  identifier              = "orders"
  engine                  = "postgres"
  instance_class          = "db.m7g.large"
  backup_retention_period = 14
}

resource "aws_db_instance" "allowed_default" {
  identifier     = "orders"
  engine         = "postgres"
  instance_class = "db.m7g.large"
}

resource "aws_db_instance" "refused" {
  identifier              = "orders"
  engine                  = "postgres"
  instance_class          = "db.m7g.large"
  backup_retention_period = 0
}

resource "aws_rds_cluster" "refused" {
  cluster_identifier      = "orders"
  engine                  = "aurora-postgresql"
  backup_retention_period = 0
}
