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

resource "aws_kms_key" "allowed_apart" {
  description = "Key of the lake"
}

resource "aws_kms_key_policy" "apart" {
  key_id = aws_kms_key.allowed_apart.id
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

resource "aws_kms_key" "refused" {
  description = "Key of the lake"
}
