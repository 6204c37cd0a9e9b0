resource "aws_secretsmanager_secret_rotation" "allowed" {
  secret_id           = aws_secretsmanager_secret.loader.id
  rotation_lambda_arn = aws_lambda_function.rotate.arn

  rotation_rules {
    automatically_after_days = 30
  }
}

resource "aws_secretsmanager_secret_rotation" "allowed_rate" {
  secret_id           = aws_secretsmanager_secret.loader.id
  rotation_lambda_arn = aws_lambda_function.rotate.arn

  rotation_rules {
    schedule_expression = "rate(10 days)"
  }
}

resource "aws_secretsmanager_secret_rotation" "allowed_cron" {
  secret_id           = aws_secretsmanager_secret.loader.id
  rotation_lambda_arn = aws_lambda_function.rotate.arn

  rotation_rules {
    schedule_expression = "cron(0 4 1 * ? *)"
  }
}

resource "aws_secretsmanager_secret_rotation" "refused" {
  secret_id           = aws_secretsmanager_secret.loader.id
  rotation_lambda_arn = aws_lambda_function.rotate.arn

  rotation_rules {
    automatically_after_days = 365
  }
}

resource "aws_secretsmanager_secret_rotation" "refused_rate" {
  secret_id           = aws_secretsmanager_secret.loader.id
  rotation_lambda_arn = aws_lambda_function.rotate.arn

  rotation_rules {
    schedule_expression = "rate(2200 hours)"
  }
}
