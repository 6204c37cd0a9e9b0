resource "google_spanner_database" "refused" {
  instance = "registry"
  name     = "refused"
}

resource "google_spanner_database" "allowed" {
  instance = "registry"
  name     = "allowed"

  encryption_config {
    kms_key_name = var.key_name
  }
}

variable "key_name" {
  type = string
}
