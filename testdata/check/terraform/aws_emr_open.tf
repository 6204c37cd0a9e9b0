resource "aws_emr_cluster" "allowed" {
  name          = "features"
  release_label = "emr-7.1.0"
  service_role  = aws_iam_role.emr.arn

  ec2_attributes {
    subnet_id                         = aws_subnet.private.id
    emr_managed_master_security_group = aws_security_group.inner.id
    emr_managed_slave_security_group  = aws_security_group.inner.id
    instance_profile                  = aws_iam_instance_profile.emr.arn
  }
}

resource "aws_security_group" "inner" {
  name        = "emr"
  description = "Nodes of EMR"

  ingress {
    description = "Jobs"
    from_port   = 8998
    to_port     = 8998
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/16"]
  }
}

resource "aws_emr_cluster" "refused" {
  name          = "features"
  release_label = "emr-7.1.0"
  service_role  = aws_iam_role.emr.arn

  ec2_attributes {
    subnet_id                         = aws_subnet.private.id
    emr_managed_master_security_group = aws_security_group.open.id
    emr_managed_slave_security_group  = aws_security_group.open.id
    instance_profile                  = aws_iam_instance_profile.emr.arn
  }
}

resource "aws_security_group" "open" {
  name        = "emr"
  description = "Nodes of EMR"

  ingress {
    description = "Jobs"
    from_port   = 8998
    to_port     = 8998
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_emr_cluster" "refused_half" {
  name          = "features"
  release_label = "emr-7.1.0"
  service_role  = aws_iam_role.emr.arn

  ec2_attributes {
    subnet_id                         = aws_subnet.private.id
    emr_managed_master_security_group = aws_security_group.inner.id
    emr_managed_slave_security_group  = aws_security_group.open.id
    instance_profile                  = aws_iam_instance_profile.emr.arn
  }
}
