resource "aws_qldb_ledger" "allowed" {
  name                = "consents"
  deletion_protection = true
}

resource "aws_qldb_ledger" "refused" {
  name                = "consents"
  deletion_protection = false
}
