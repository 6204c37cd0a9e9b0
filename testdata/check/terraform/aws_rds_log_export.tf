resource "aws_db_instance" "allowed" {
  identifier                      = "orders"
  engine                          = "postgres"
  instance_class                  = "db.m7g.large"
  enabled_cloudwatch_logs_exports = ["postgresql"]
}

resource "aws_db_instance" "refused" {
  identifier     = "orders"
  engine         = "postgres"
  instance_class = "db.m7g.large"
}

resource "aws_db_instance" "refused_empty" {
  identifier                      = "orders"
  engine                          = "postgres"
  instance_class                  = "db.m7g.large"
  enabled_cloudwatch_logs_exports = []
}
