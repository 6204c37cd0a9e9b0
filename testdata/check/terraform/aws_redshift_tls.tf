resource "aws_redshift_parameter_group" "allowed" {
  family = "redshift-1.0"

  parameter {
    name  = "require_ssl"
    value = "true"
  }
}

resource "aws_redshift_parameter_group" "refused" {
  family = "redshift-1.0"

  parameter {
    name  = "require_ssl"
    value = "false"
  }
}

resource "aws_redshift_parameter_group" "refused_missing" {
  family = "redshift-1.0"

  parameter {
    name  = "enable_user_activity_logging"
    value = "true"
  }
}
