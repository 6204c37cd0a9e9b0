resource "google_bigquery_table" "refused" {
  dataset_id = "lake"
  table_id   = "refused"
}

resource "google_bigquery_table" "allowed" {
  dataset_id = "lake"
  table_id   = "allowed"

  encryption_configuration {
    kms_key_name = var.key_name
  }
}

variable "key_name" {
  type = string
}
