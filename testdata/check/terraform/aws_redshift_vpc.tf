resource "aws_redshift_cluster" "allowed" {
  cluster_identifier        = "warehouse"
  node_type                 = "ra3.xlplus"
  cluster_subnet_group_name = aws_redshift_subnet_group.private.name
}

resource "aws_redshift_cluster" "refused" {
  cluster_identifier = "warehouse"
  node_type          = "ra3.xlplus"
}
