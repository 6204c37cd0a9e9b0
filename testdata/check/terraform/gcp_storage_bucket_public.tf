resource "google_storage_bucket_iam_member" "refused" {
  bucket = "example-lake"
  role   = "roles/storage.objectViewer"
  member = "allUsers"
}

resource "google_storage_bucket_iam_member" "refused_with_an_account" {
  bucket = "example-lake"
  role   = "roles/storage.objectViewer"
  member = "allAuthenticatedUsers"
}

resource "google_storage_bucket_iam_binding" "refused_among_others" {
  bucket  = "example-lake"
  role    = "roles/storage.objectViewer"
  members = ["group:data@example.org", "allUsers"]
}

resource "google_storage_bucket_iam_member" "allowed" {
  bucket = "example-lake"
  role   = "roles/storage.objectViewer"
  member = "group:data@example.org"
}

resource "google_storage_bucket_iam_binding" "allowed_group" {
  bucket  = "example-lake"
  role    = "roles/storage.objectViewer"
  members = ["group:data@example.org"]
}
