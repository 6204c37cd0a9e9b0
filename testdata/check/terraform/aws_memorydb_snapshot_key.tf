resource "aws_memorydb_snapshot" "allowed" {
  cluster_name = "sessions"
  name         = "before-migration"
  kms_key_arn  = aws_kms_key.data.arn
}

resource "aws_memorydb_snapshot" "refused" {
  cluster_name = "sessions"
  name         = "before-migration"
}
