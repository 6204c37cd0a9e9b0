resource "aws_sagemaker_endpoint_configuration" "allowed" {
  name = "churn"

  production_variants {
    variant_name           = "all"
    model_name             = "churn"
    initial_instance_count = 1
    instance_type          = "ml.m5.large"
  }

  kms_key_arn = aws_kms_key.data.arn
}

resource "aws_sagemaker_endpoint_configuration" "refused" {
  name = "churn"

  production_variants {
    variant_name           = "all"
    model_name             = "churn"
    initial_instance_count = 1
    instance_type          = "ml.m5.large"
  }
}
