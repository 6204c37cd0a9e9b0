resource "aws_security_group" "allowed" {
  name        = "warehouse"
  description = "Who may query the warehouse"
}

resource "aws_redshift_cluster" "warehouse" {
  cluster_identifier     = "warehouse"
  node_type              = "ra3.xlplus"
  vpc_security_group_ids = [aws_security_group.allowed.id]
}

resource "aws_security_group" "refused" {
  name        = "old"
  description = "Of the old warehouse"
}
