resource "aws_glue_crawler" "allowed" {
  name                   = "raw-zone"
  role                   = aws_iam_role.glue.arn
  database_name          = "raw"
  security_configuration = aws_glue_security_configuration.encrypted.name
}

resource "aws_glue_crawler" "refused" {
  name          = "raw-zone"
  role          = aws_iam_role.glue.arn
  database_name = "raw"
}

resource "aws_glue_dev_endpoint" "allowed" {
  name                   = "transforms"
  role_arn               = aws_iam_role.glue.arn
  security_configuration = aws_glue_security_configuration.encrypted.name
}

resource "aws_glue_dev_endpoint" "refused" {
  name     = "transforms"
  role_arn = aws_iam_role.glue.arn
}

resource "aws_glue_job" "allowed" {
  name     = "deduplicate"
  role_arn = aws_iam_role.glue.arn

  command {
    script_location = "s3://jobs/deduplicate.py"
  }

  security_configuration = aws_glue_security_configuration.encrypted.name
}

resource "aws_glue_job" "refused" {
  name     = "deduplicate"
  role_arn = aws_iam_role.glue.arn

  command {
    script_location = "s3://jobs/deduplicate.py"
  }
}
