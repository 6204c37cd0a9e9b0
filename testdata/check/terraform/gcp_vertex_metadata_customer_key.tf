resource "google_vertex_ai_metadata_store" "refused" {
  name   = "refused"
  region = "europe-west1"
}

resource "google_vertex_ai_metadata_store" "allowed" {
  name   = "allowed"
  region = "europe-west1"

  encryption_spec {
    kms_key_name = var.key_name
  }
}

variable "key_name" {
  type = string
}
