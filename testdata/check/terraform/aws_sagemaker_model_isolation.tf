resource "aws_sagemaker_model" "allowed" {
  name                     = "churn"
  execution_role_arn       = aws_iam_role.serving.arn
  enable_network_isolation = true
}

resource "aws_sagemaker_model" "refused" {
  name               = "churn"
  execution_role_arn = aws_iam_role.serving.arn
}

resource "aws_sagemaker_model" "refused_off" {
  name                     = "churn"
  execution_role_arn       = aws_iam_role.serving.arn
  enable_network_isolation = false
}
