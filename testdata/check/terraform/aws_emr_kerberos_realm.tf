resource "aws_emr_cluster" "allowed" {
  name          = "features"
  release_label = "emr-7.1.0"
  service_role  = aws_iam_role.emr.arn

  kerberos_attributes {
    kdc_admin_password = var.kdc_password
    realm              = "EC2.INTERNAL"
  }
}

resource "aws_emr_cluster" "refused" {
  name          = "features"
  release_label = "emr-7.1.0"
  service_role  = aws_iam_role.emr.arn

  kerberos_attributes {
    kdc_admin_password = var.kdc_password
  }
}

variable "kdc_password" {
  type      = string
  sensitive = true
}
