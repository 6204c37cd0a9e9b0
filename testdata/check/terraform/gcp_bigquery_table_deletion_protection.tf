resource "google_bigquery_table" "refused" {
  dataset_id = "lake"
  table_id   = "refused"
}

resource "google_bigquery_table" "refused_off" {
  dataset_id          = "lake"
  table_id            = "refusedoff"
  deletion_protection = false
}

resource "google_bigquery_table" "allowed" {
  dataset_id          = "lake"
  table_id            = "allowed"
  deletion_protection = true
}
