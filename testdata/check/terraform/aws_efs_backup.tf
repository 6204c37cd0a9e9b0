resource "aws_efs_file_system" "allowed" {
  creation_token = "features"
}

resource "aws_backup_selection" "lake" {
  name         = "lake"
  plan_id      = aws_backup_plan.lake.id
  iam_role_arn = aws_iam_role.backup.arn
  resources    = [aws_efs_file_system.allowed.arn]
}

resource "aws_backup_plan" "lake" {
  name = "lake"

  rule {
    rule_name         = "daily"
    target_vault_name = "lake"
  }
}

resource "aws_efs_file_system" "refused" {
  creation_token = "features"
}
