resource "aws_secretsmanager_secret" "allowed" {
  name = "warehouse/loader"
}

resource "aws_secretsmanager_secret_rotation" "monthly" {
  secret_id           = aws_secretsmanager_secret.allowed.id
  rotation_lambda_arn = aws_lambda_function.rotate.arn

  rotation_rules {
    automatically_after_days = 30
  }
}

resource "aws_secretsmanager_secret" "refused" {
  name = "warehouse/loader"
}
