resource "aws_sagemaker_domain" "allowed" {
  domain_name = "research"
  auth_mode   = "IAM"
  vpc_id      = aws_vpc.lake.id
  subnet_ids  = [aws_subnet.private.id]
  kms_key_id  = aws_kms_key.data.arn
}

resource "aws_sagemaker_domain" "refused" {
  domain_name = "research"
  auth_mode   = "IAM"
  vpc_id      = aws_vpc.lake.id
  subnet_ids  = [aws_subnet.private.id]
}

resource "aws_sagemaker_notebook_instance" "allowed" {
  name          = "churn-study"
  role_arn      = aws_iam_role.study.arn
  instance_type = "ml.t3.medium"
  kms_key_id    = aws_kms_key.data.arn
}

resource "aws_sagemaker_notebook_instance" "refused" {
  name          = "churn-study"
  role_arn      = aws_iam_role.study.arn
  instance_type = "ml.t3.medium"
}
