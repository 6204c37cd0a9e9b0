resource "google_storage_bucket" "refused" {
  name     = "example-refused"
  location = "EU"

  logging {
    log_bucket = "example-refused"
  }
}

resource "google_storage_bucket" "allowed" {
  name     = "example-allowed"
  location = "EU"

  logging {
    log_bucket = "example-access-logs"
  }
}

resource "google_storage_bucket" "allowed_unlogged" {
  name     = "example-allowed-unlogged"
  location = "EU"
}
