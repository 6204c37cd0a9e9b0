resource "aws_sagemaker_data_quality_job_definition" "allowed" {
  network_config {
    enable_inter_container_traffic_encryption = true
  }
}

resource "aws_sagemaker_data_quality_job_definition" "refused" {
}

resource "aws_sagemaker_data_quality_job_definition" "refused_off" {
  network_config {
    enable_inter_container_traffic_encryption = false
  }
}
