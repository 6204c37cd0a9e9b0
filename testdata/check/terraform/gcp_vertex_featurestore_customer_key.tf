resource "google_vertex_ai_featurestore" "refused" {
  name   = "refused"
  region = "europe-west1"

  online_serving_config {
    fixed_node_count = 1
  }
}

resource "google_vertex_ai_featurestore" "allowed" {
  name   = "allowed"
  region = "europe-west1"

  online_serving_config {
    fixed_node_count = 1
  }

  encryption_spec {
    kms_key_name = var.key_name
  }
}

variable "key_name" {
  type = string
}
