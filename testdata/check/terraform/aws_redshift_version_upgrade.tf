resource "aws_redshift_cluster" "allowed" {
  cluster_identifier    = "warehouse"
  node_type             = "ra3.xlplus"
  allow_version_upgrade = true
}

resource "aws_redshift_cluster" "refused" {
  cluster_identifier    = "warehouse"
  node_type             = "ra3.xlplus"
  allow_version_upgrade = false
}
