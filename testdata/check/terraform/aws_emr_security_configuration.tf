resource "aws_emr_cluster" "allowed" {
  name                   = "features"
  release_label          = "emr-7.1.0"
  service_role           = aws_iam_role.emr.arn
  security_configuration = aws_emr_security_configuration.encrypted.name
}

resource "aws_emr_cluster" "refused" {
  name          = "features"
  release_label = "emr-7.1.0"
  service_role  = aws_iam_role.emr.arn
}
