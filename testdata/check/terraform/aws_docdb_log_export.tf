resource "aws_docdb_cluster" "allowed" {
  cluster_identifier              = "profiles"
  engine                          = "docdb"
  enabled_cloudwatch_logs_exports = ["audit", "profiler"]
}

resource "aws_docdb_cluster" "refused" {
  cluster_identifier = "profiles"
  engine             = "docdb"
}
