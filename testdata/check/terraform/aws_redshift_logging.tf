resource "aws_redshift_cluster" "allowed" {
  cluster_identifier = "warehouse"
  node_type          = "ra3.xlplus"

  logging {
    enable      = true
    bucket_name = "audit-of-warehouse"
  }
}

resource "aws_redshift_cluster" "refused" {
  cluster_identifier = "warehouse"
  node_type          = "ra3.xlplus"
}

resource "aws_redshift_cluster" "refused_off" {
  cluster_identifier = "warehouse"
  node_type          = "ra3.xlplus"

  logging {
    enable = false
  }
}
