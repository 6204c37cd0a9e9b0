resource "aws_db_instance" "allowed" {
  identifier                 = "orders"
  engine                     = "postgres"
  instance_class             = "db.m7g.large"
  auto_minor_version_upgrade = true
}

resource "aws_db_instance" "refused" {
  identifier     = "orders"
  engine         = "postgres"
  instance_class = "db.m7g.large"
}

resource "aws_db_instance" "refused_off" {
  identifier                 = "orders"
  engine                     = "postgres"
  instance_class             = "db.m7g.large"
  auto_minor_version_upgrade = false
}

resource "aws_rds_cluster_instance" "allowed" {
  cluster_identifier         = "orders"
  engine                     = "aurora-postgresql"
  instance_class             = "db.r7g.large"
  auto_minor_version_upgrade = true
}

resource "aws_rds_cluster_instance" "refused" {
  cluster_identifier = "orders"
  engine             = "aurora-postgresql"
  instance_class     = "db.r7g.large"
}
