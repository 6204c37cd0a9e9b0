resource "aws_sagemaker_notebook_instance" "allowed" {
  name          = "churn-study"
  role_arn      = aws_iam_role.study.arn
  instance_type = "ml.t3.medium"
}

resource "aws_iam_role" "study" {
  name               = "study"
  assume_role_policy = data.aws_iam_policy_document.sagemaker.json

  inline_policy {
    name = "data"
    policy = jsonencode({
      Version = "2012-10-17"
      Statement = [{
        Effect   = "Allow"
        Action   = "s3:GetObject"
        Resource = "*"
      }]
    })
  }
}

resource "aws_sagemaker_notebook_instance" "refused" {
  name          = "churn-study"
  role_arn      = aws_iam_role.admin.arn
  instance_type = "ml.t3.medium"
}

resource "aws_iam_role" "admin" {
  name               = "admin"
  assume_role_policy = data.aws_iam_policy_document.sagemaker.json

  inline_policy {
    name = "data"
    policy = jsonencode({
      Version = "2012-10-17"
      Statement = [{
        Effect   = "Allow"
        Action   = "*"
        Resource = "*"
      }]
    })
  }
}
