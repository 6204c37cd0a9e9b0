resource "aws_db_instance" "allowed" {
  identifier                      = "orders"
  engine                          = "postgres"
  instance_class                  = "db.m7g.large"
  performance_insights_enabled    = true
  performance_insights_kms_key_id = aws_kms_key.data.arn
}

resource "aws_db_instance" "allowed_off" {
  identifier     = "orders"
  engine         = "postgres"
  instance_class = "db.m7g.large"
}

resource "aws_db_instance" "refused" {
  identifier                   = "orders"
  engine                       = "postgres"
  instance_class               = "db.m7g.large"
  performance_insights_enabled = true
}

resource "aws_rds_cluster_instance" "refused" {
  cluster_identifier           = "orders"
  engine                       = "aurora-postgresql"
  instance_class               = "db.r7g.large"
  performance_insights_enabled = true
}
