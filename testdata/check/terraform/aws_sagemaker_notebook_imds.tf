resource "aws_sagemaker_notebook_instance" "allowed" {
  name          = "churn-study"
  role_arn      = aws_iam_role.study.arn
  instance_type = "ml.t3.medium"

  instance_metadata_service_configuration {
    minimum_instance_metadata_service_version = "2"
  }
}

resource "aws_sagemaker_notebook_instance" "refused" {
  name          = "churn-study"
  role_arn      = aws_iam_role.study.arn
  instance_type = "ml.t3.medium"

  instance_metadata_service_configuration {
    minimum_instance_metadata_service_version = "1"
  }
}

resource "aws_sagemaker_notebook_instance" "refused_missing" {
  name          = "churn-study"
  role_arn      = aws_iam_role.study.arn
  instance_type = "ml.t3.medium"
}
