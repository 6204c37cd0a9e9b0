resource "aws_redshift_cluster" "allowed" {
  cluster_identifier  = "warehouse"
  node_type           = "ra3.xlplus"
  master_username     = "awsuser"
  publicly_accessible = false
}

resource "aws_redshift_cluster" "allowed_name" {
  cluster_identifier = "warehouse"
  node_type          = "ra3.xlplus"
  master_username    = "loader_root"
}

resource "aws_redshift_cluster" "refused" {
  cluster_identifier  = "warehouse"
  node_type           = "ra3.xlplus"
  master_username     = "awsuser"
  publicly_accessible = true
}

resource "aws_redshift_cluster" "refused_default" {
  cluster_identifier = "warehouse"
  node_type          = "ra3.xlplus"
  master_username    = "admin"
}
