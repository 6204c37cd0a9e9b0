resource "google_vertex_ai_dataset" "refused" {
  display_name        = "refused"
  metadata_schema_uri = "gs://google-cloud-aiplatform/schema/dataset/metadata/tabular_1.0.0.yaml"
  region              = "europe-west1"
}

resource "google_vertex_ai_dataset" "allowed" {
  display_name        = "allowed"
  metadata_schema_uri = "gs://google-cloud-aiplatform/schema/dataset/metadata/tabular_1.0.0.yaml"
  region              = "europe-west1"

  encryption_spec {
    kms_key_name = var.key_name
  }
}

variable "key_name" {
  type = string
}
