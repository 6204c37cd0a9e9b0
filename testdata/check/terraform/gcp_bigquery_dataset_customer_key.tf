resource "google_bigquery_dataset" "refused" {
  dataset_id = "refused"
  location   = "EU"
}

resource "google_bigquery_dataset" "allowed" {
  dataset_id = "allowed"
  location   = "EU"

  default_encryption_configuration {
    kms_key_name = var.key_name
  }
}

variable "key_name" {
  type = string
}
