resource "aws_redshift_cluster" "allowed" {
  cluster_identifier  = "warehouse"
  node_type           = "ra3.xlplus"
  publicly_accessible = false
}

resource "aws_redshift_cluster" "refused" {
  cluster_identifier  = "warehouse"
  node_type           = "ra3.xlplus"
  publicly_accessible = true
}

resource "aws_redshift_cluster" "refused_missing" {
  cluster_identifier = "warehouse"
  node_type          = "ra3.xlplus"
}
