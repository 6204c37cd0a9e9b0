resource "aws_redshift_cluster" "allowed" {
  cluster_identifier = "warehouse"
  node_type          = "ra3.xlplus"
  database_name      = "analytics"
}

resource "aws_redshift_cluster" "refused" {
  cluster_identifier = "warehouse"
  node_type          = "ra3.xlplus"
}
