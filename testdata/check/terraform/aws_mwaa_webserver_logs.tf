resource "aws_mwaa_environment" "allowed" {
  name               = "pipelines"
  dag_s3_path        = "dags/"
  execution_role_arn = aws_iam_role.airflow.arn
  source_bucket_arn  = aws_s3_bucket.dags.arn

  network_configuration {
    security_group_ids = [aws_security_group.airflow.id]
    subnet_ids         = [aws_subnet.private_a.id, aws_subnet.private_b.id]
  }

  logging_configuration {
    webserver_logs {
      enabled = true
    }
  }
}

resource "aws_mwaa_environment" "refused" {
  name               = "pipelines"
  dag_s3_path        = "dags/"
  execution_role_arn = aws_iam_role.airflow.arn
  source_bucket_arn  = aws_s3_bucket.dags.arn

  network_configuration {
    security_group_ids = [aws_security_group.airflow.id]
    subnet_ids         = [aws_subnet.private_a.id, aws_subnet.private_b.id]
  }
}

resource "aws_mwaa_environment" "refused_off" {
  name               = "pipelines"
  dag_s3_path        = "dags/"
  execution_role_arn = aws_iam_role.airflow.arn
  source_bucket_arn  = aws_s3_bucket.dags.arn

  network_configuration {
    security_group_ids = [aws_security_group.airflow.id]
    subnet_ids         = [aws_subnet.private_a.id, aws_subnet.private_b.id]
  }

  logging_configuration {
    webserver_logs {
      enabled = false
    }
  }
}
