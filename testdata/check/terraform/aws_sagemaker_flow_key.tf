resource "aws_sagemaker_flow_definition" "allowed" {
  flow_definition_name = "label-review"
  role_arn             = aws_iam_role.review.arn

  output_config {
    s3_output_path = "s3://reviews/labels"
    kms_key_id     = aws_kms_key.data.arn
  }
}

resource "aws_sagemaker_flow_definition" "refused" {
  flow_definition_name = "label-review"
  role_arn             = aws_iam_role.review.arn

  output_config {
    s3_output_path = "s3://reviews/labels"
  }
}
