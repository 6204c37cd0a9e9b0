resource "google_logging_project_sink" "refused" {
  name                   = "refused"
  unique_writer_identity = true
  destination            = "storage.googleapis.com/${google_storage_bucket.loose.name}"
}

resource "google_logging_project_sink" "allowed" {
  name                   = "allowed"
  unique_writer_identity = true
  destination            = "storage.googleapis.com/${google_storage_bucket.locked.name}"
}

resource "google_logging_project_sink" "allowed_elsewhere" {
  name                   = "allowed-elsewhere"
  unique_writer_identity = true
  destination            = "pubsub.googleapis.com/projects/example/topics/logs"
}

resource "google_storage_bucket" "loose" {
  name     = "example-logs"
  location = "EU"
}

resource "google_storage_bucket" "locked" {
  name     = "example-audit"
  location = "EU"

  retention_policy {
    is_locked        = true
    retention_period = 31536000
  }
}
