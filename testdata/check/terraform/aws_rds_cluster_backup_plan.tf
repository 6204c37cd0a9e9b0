resource "aws_rds_cluster" "allowed" {
  cluster_identifier = "orders"
  engine             = "aurora-postgresql"
}

resource "aws_backup_selection" "lake" {
  name         = "lake"
  plan_id      = aws_backup_plan.lake.id
  iam_role_arn = aws_iam_role.backup.arn
  resources    = [aws_rds_cluster.allowed.arn]
}

resource "aws_backup_plan" "lake" {
  name = "lake"

  rule {
    rule_name         = "daily"
    target_vault_name = "lake"
  }
}

resource "aws_rds_cluster" "refused" {
  cluster_identifier = "orders"
  engine             = "aurora-postgresql"
}
