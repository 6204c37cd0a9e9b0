resource "aws_db_instance" "allowed" {
  identifier            = "orders"
  engine                = "postgres"
  instance_class        = "db.m7g.large"
  copy_tags_to_snapshot = true
}

resource "aws_db_instance" "refused" {
  identifier     = "orders"
  engine         = "postgres"
  instance_class = "db.m7g.large"
}

resource "aws_db_instance" "refused_off" {
  identifier            = "orders"
  engine                = "postgres"
  instance_class        = "db.m7g.large"
  copy_tags_to_snapshot = false
}

resource "aws_db_instance" "refused_engine" {
  identifier            = "graph"
  engine                = "neptune"
  instance_class        = "db.r6g.large"
  copy_tags_to_snapshot = true
}
