resource "aws_db_instance" "allowed" {
  identifier          = "orders"
  engine              = "postgres"
  instance_class      = "db.m7g.large"
  monitoring_interval = 60
  monitoring_role_arn = aws_iam_role.monitoring.arn
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
  monitoring_interval = 0
}

resource "aws_rds_cluster_instance" "allowed" {
  cluster_identifier  = "orders"
  engine              = "aurora-postgresql"
  instance_class      = "db.r7g.large"
  monitoring_interval = 60
  monitoring_role_arn = aws_iam_role.monitoring.arn
}

resource "aws_rds_cluster_instance" "refused" {
  cluster_identifier = "orders"
  engine             = "aurora-postgresql"
  instance_class     = "db.r7g.large"
}
