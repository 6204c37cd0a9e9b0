resource "aws_sagemaker_notebook_instance" "allowed" {
  name          = "churn-study"
  role_arn      = aws_iam_role.study.arn
  instance_type = "ml.t3.medium"
  subnet_id     = aws_subnet.private.id
}

resource "aws_sagemaker_notebook_instance" "refused" {
  name          = "churn-study"
  role_arn      = aws_iam_role.study.arn
  instance_type = "ml.t3.medium"
}
