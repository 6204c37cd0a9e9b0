resource "aws_sqs_queue_policy" "allowed" {
  queue_url = aws_sqs_queue.requests.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::111122223333:role/eraser" }
      Action    = "sqs:ReceiveMessage"
      Resource  = aws_sqs_queue.requests.arn
    }]
  })
}

resource "aws_sqs_queue_policy" "allowed_narrow" {
  queue_url = aws_sqs_queue.requests.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "sqs:SendMessage"
      Resource  = aws_sqs_queue.requests.arn
      Condition = {
        ArnEquals = {
          "aws:SourceArn" = "arn:aws:sns:eu-central-1:111122223333:erasure"
        }
      }
    }]
  })
}

resource "aws_sqs_queue_policy" "refused" {
  queue_url = aws_sqs_queue.requests.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = ["*"] }
      Action    = "sqs:*"
      Resource  = aws_sqs_queue.requests.arn
    }]
  })
}
