resource "aws_dynamodb_table" "allowed" {
  name     = "carts"
  hash_key = "customer"

  attribute {
    name = "customer"
    type = "S"
  }

  billing_mode = "PAY_PER_REQUEST"
}

resource "aws_dynamodb_table" "allowed_scaled" {
  name     = "carts"
  hash_key = "customer"

  attribute {
    name = "customer"
    type = "S"
  }
}

resource "aws_appautoscaling_target" "reads" {
  service_namespace  = "dynamodb"
  resource_id        = "table/${aws_dynamodb_table.allowed_scaled.name}"
  scalable_dimension = "dynamodb:table:ReadCapacityUnits"
  min_capacity       = 5
  max_capacity       = 100
}

resource "aws_appautoscaling_policy" "reads" {
  name               = "reads"
  policy_type        = "TargetTrackingScaling"
  resource_id        = aws_appautoscaling_target.reads.resource_id
  scalable_dimension = aws_appautoscaling_target.reads.scalable_dimension
  service_namespace  = aws_appautoscaling_target.reads.service_namespace
}

resource "aws_dynamodb_table" "refused" {
  name     = "carts"
  hash_key = "customer"

  attribute {
    name = "customer"
    type = "S"
  }
}

resource "aws_dynamodb_table" "refused_target" {
  name     = "carts"
  hash_key = "customer"

  attribute {
    name = "customer"
    type = "S"
  }
}

resource "aws_appautoscaling_target" "alone" {
  service_namespace  = "dynamodb"
  resource_id        = "table/${aws_dynamodb_table.refused_target.name}"
  scalable_dimension = "dynamodb:table:ReadCapacityUnits"
  min_capacity       = 5
  max_capacity       = 100
}
