resource "aws_kms_key" "allowed" {
  description = "Key of the lake"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::111122223333:root" }
      Action    = "kms:*"
      Resource  = "*"
    }]
  })
}

resource "aws_kms_key" "allowed_account" {
  description = "Key of the lake"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "kms:*"
      Resource  = "*"
      Condition = {
        StringEquals = {
          "kms:CallerAccount" = "111122223333"
        }
      }
    }]
  })
}

resource "aws_kms_key" "allowed_default" {
  description = "Key of the lake"
}

resource "aws_kms_key" "refused" {
  description = "Key of the lake"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "kms:*"
      Resource  = "*"
    }]
  })
}

resource "aws_kms_key" "refused_list" {
  description = "Key of the lake"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = ["arn:aws:iam::111122223333:root", "*"] }
      Action    = "kms:*"
      Resource  = "*"
    }]
  })
}
