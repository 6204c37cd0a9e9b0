resource "aws_qldb_ledger" "allowed" {
  name             = "consents"
  permissions_mode = "STANDARD"
}

resource "aws_qldb_ledger" "refused" {
  name             = "consents"
  permissions_mode = "ALLOW_ALL"
}

resource "aws_qldb_ledger" "refused_missing" {
  name = "consents"
}
