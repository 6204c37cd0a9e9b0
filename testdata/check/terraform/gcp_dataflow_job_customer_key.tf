resource "google_dataflow_job" "refused" {
  name              = "refused"
  template_gcs_path = "gs://example-templates/load"
  temp_gcs_location = "gs://example-temp/load"
}

resource "google_dataflow_job" "allowed" {
  name              = "allowed"
  template_gcs_path = "gs://example-templates/load"
  temp_gcs_location = "gs://example-temp/load"
  kms_key_name      = var.key_name
}

variable "key_name" {
  type = string
}
