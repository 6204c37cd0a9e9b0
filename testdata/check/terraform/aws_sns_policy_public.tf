resource "aws_sns_topic_policy" "allowed" {
  arn = aws_sns_topic.erasure.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "s3.amazonaws.com" }
      Action    = "sns:Publish"
      Resource  = aws_sns_topic.erasure.arn
    }]
  })
}

resource "aws_sns_topic_policy" "allowed_organization" {
  arn = aws_sns_topic.erasure.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "sns:Subscribe"
      Resource  = aws_sns_topic.erasure.arn
      Condition = {
        StringEquals = {
          "aws:PrincipalOrgID" = "o-a1b2c3d4e5"
        }
      }
    }]
  })
}

resource "aws_sns_topic_policy" "refused" {
  arn = aws_sns_topic.erasure.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "sns:Subscribe"
      Resource  = aws_sns_topic.erasure.arn
    }]
  })
}
