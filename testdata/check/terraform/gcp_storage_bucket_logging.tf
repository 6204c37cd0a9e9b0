resource "google_storage_bucket" "refused" {
  name     = "example-refused"
  location = "EU"
}

resource "google_storage_bucket" "allowed" {
  name     = "example-allowed"
  location = "EU"

  logging {
    log_bucket = "example-access-logs"
  }
}
