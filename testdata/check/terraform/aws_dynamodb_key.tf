resource "aws_dynamodb_table" "allowed" {
  name     = "carts"
  hash_key = "customer"

  attribute {
    name = "customer"
    type = "S"
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = aws_kms_key.data.arn
  }
}

resource "aws_dynamodb_table" "refused" {
  name     = "carts"
  hash_key = "customer"

  attribute {
    name = "customer"
    type = "S"
  }
}

resource "aws_dynamodb_table" "refused_default_key" {
  name     = "carts"
  hash_key = "customer"

  attribute {
    name = "customer"
    type = "S"
  }

  server_side_encryption {
    enabled = true
  }
}
