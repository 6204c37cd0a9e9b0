resource "aws_ebs_volume" "allowed" {
  availability_zone = "eu-central-1a"
  size              = 200
}

resource "aws_backup_selection" "lake" {
  name         = "lake"
  plan_id      = aws_backup_plan.lake.id
  iam_role_arn = aws_iam_role.backup.arn
  resources    = [aws_ebs_volume.allowed.arn]
}

resource "aws_backup_plan" "lake" {
  name = "lake"

  rule {
    rule_name         = "daily"
    target_vault_name = "lake"
  }
}

resource "aws_ebs_volume" "refused" {
  availability_zone = "eu-central-1a"
  size              = 200
}
