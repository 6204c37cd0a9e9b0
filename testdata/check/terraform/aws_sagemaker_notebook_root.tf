resource "aws_sagemaker_notebook_instance" "allowed" {
  name          = "churn-study"
  role_arn      = aws_iam_role.study.arn
  instance_type = "ml.t3.medium"
  root_access   = "Disabled"
}

resource "aws_sagemaker_notebook_instance" "refused" {
  name          = "churn-study"
  role_arn      = aws_iam_role.study.arn
  instance_type = "ml.t3.medium"
  root_access   = "Enabled"
}

resource "aws_sagemaker_notebook_instance" "refused_missing" {
  name          = "churn-study"
  role_arn      = aws_iam_role.study.arn
  instance_type = "ml.t3.medium"
}
