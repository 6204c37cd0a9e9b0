resource "aws_sqs_queue_policy" "allowed" {
  queue_url = aws_sqs_queue.requests.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::111122223333:role/shop" }
      Action    = "sqs:SendMessage"
      Resource  = aws_sqs_queue.requests.arn
    }]
  })
}

resource "aws_sqs_queue_policy" "refused" {
  queue_url = aws_sqs_queue.requests.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::111122223333:role/shop" }
      Action    = "*"
      Resource  = aws_sqs_queue.requests.arn
    }]
  })
}
