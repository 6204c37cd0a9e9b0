resource "aws_neptune_cluster_instance" "allowed" {
  cluster_identifier  = "household-graph"
  instance_class      = "db.r6g.large"
  publicly_accessible = false
}

resource "aws_neptune_cluster_instance" "refused" {
  cluster_identifier  = "household-graph"
  instance_class      = "db.r6g.large"
  publicly_accessible = true
}
