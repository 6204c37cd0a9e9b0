resource "aws_sagemaker_data_quality_job_definition" "allowed" {
  data_quality_job_output_config {
    kms_key_id = aws_kms_key.data.arn

    monitoring_outputs {
      s3_output {
        s3_uri = "s3://quality/churn"
      }
    }
  }
}

resource "aws_sagemaker_data_quality_job_definition" "refused" {
  data_quality_job_output_config {
    monitoring_outputs {
      s3_output {
        s3_uri = "s3://quality/churn"
      }
    }
  }
}
