resource "google_dataflow_job" "refused" {
  name              = "refused"
  template_gcs_path = "gs://example-templates/load"
  temp_gcs_location = "gs://example-temp/load"
}

resource "google_dataflow_job" "refused_public" {
  name              = "refused-public"
  template_gcs_path = "gs://example-templates/load"
  temp_gcs_location = "gs://example-temp/load"
  ip_configuration  = "WORKER_IP_PUBLIC"
}

resource "google_dataflow_job" "allowed" {
  name              = "allowed"
  template_gcs_path = "gs://example-templates/load"
  temp_gcs_location = "gs://example-temp/load"
  ip_configuration  = "WORKER_IP_PRIVATE"
}
