resource "aws_db_instance" "allowed" {
  identifier     = "orders"
  engine         = "postgres"
  instance_class = "db.m7g.large"
  engine_version = "16.3"
}

resource "aws_db_instance" "allowed_13" {
  identifier     = "orders"
  engine         = "postgres"
  instance_class = "db.m7g.large"
  engine_version = "13.3"
}

resource "aws_db_instance" "allowed_96" {
  identifier     = "orders"
  engine         = "postgres"
  instance_class = "db.m7g.large"
  engine_version = "9.6.22"
}

resource "aws_db_instance" "refused" {
  identifier     = "orders"
  engine         = "postgres"
  instance_class = "db.m7g.large"
  engine_version = "13.2"
}

resource "aws_db_instance" "refused_96" {
  identifier     = "orders"
  engine         = "postgres"
  instance_class = "db.m7g.large"
  engine_version = "9.6.21"
}

resource "aws_db_instance" "refused_old" {
  identifier     = "orders"
  engine         = "postgres"
  instance_class = "db.m7g.large"
  engine_version = "8.4"
}

resource "aws_rds_cluster" "allowed_aurora" {
  cluster_identifier = "orders"
  engine             = "aurora-postgresql"
  engine_version     = "11.9"
}

resource "aws_rds_cluster" "refused" {
  cluster_identifier = "orders"
  engine             = "aurora-postgresql"
  engine_version     = "11.8"
}
