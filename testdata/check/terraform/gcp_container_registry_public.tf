resource "google_container_registry" "refused" {
  project  = "refused"
  location = "EU"
}

resource "google_container_registry" "refused_by_a_binding" {
  project  = "refused-by-a-binding"
  location = "EU"
}

resource "google_container_registry" "allowed" {
  project  = "allowed"
  location = "EU"
}

resource "google_container_registry" "allowed_without_grants" {
  project  = "allowed-without-grants"
  location = "EU"
}

resource "google_storage_bucket_iam_member" "everybody" {
  bucket = google_container_registry.refused.id
  role   = "roles/storage.objectViewer"
  member = "allUsers"
}

resource "google_storage_bucket_iam_binding" "everybody" {
  bucket  = google_container_registry.refused_by_a_binding.id
  role    = "roles/storage.objectViewer"
  members = ["group:data@example.org", "allAuthenticatedUsers"]
}

resource "google_storage_bucket_iam_member" "data" {
  bucket = google_container_registry.allowed.id
  role   = "roles/storage.objectViewer"
  member = "group:data@example.org"
}
