resource "google_vertex_ai_tensorboard" "refused" {
  display_name = "refused"
  region       = "europe-west1"
}

resource "google_vertex_ai_tensorboard" "allowed" {
  display_name = "allowed"
  region       = "europe-west1"

  encryption_spec {
    kms_key_name = var.key_name
  }
}

variable "key_name" {
  type = string
}
