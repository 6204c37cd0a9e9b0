resource "google_bigquery_table_iam_member" "refused" {
  dataset_id = "lake"
  table_id   = "visits"
  role       = "roles/bigquery.dataViewer"
  member     = "allUsers"
}

resource "google_bigquery_table_iam_member" "refused_with_an_account" {
  dataset_id = "lake"
  table_id   = "visits"
  role       = "roles/bigquery.dataViewer"
  member     = "allAuthenticatedUsers"
}

resource "google_bigquery_table_iam_binding" "refused_among_others" {
  dataset_id = "lake"
  table_id   = "visits"
  role       = "roles/bigquery.dataViewer"
  members    = ["group:data@example.org", "allUsers"]
}

resource "google_bigquery_table_iam_member" "allowed" {
  dataset_id = "lake"
  table_id   = "visits"
  role       = "roles/bigquery.dataViewer"
  member     = "group:data@example.org"
}

resource "google_bigquery_table_iam_binding" "allowed_group" {
  dataset_id = "lake"
  table_id   = "visits"
  role       = "roles/bigquery.dataViewer"
  members    = ["group:data@example.org"]
}
