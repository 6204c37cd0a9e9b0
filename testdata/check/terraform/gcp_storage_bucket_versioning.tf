resource "google_storage_bucket" "refused" {
  name     = "example-refused"
  location = "EU"
}

resource "google_storage_bucket" "refused_off" {
  name     = "example-refused-off"
  location = "EU"

  versioning {
    enabled = false
  }
}

resource "google_storage_bucket" "allowed" {
  name     = "example-allowed"
  location = "EU"

  versioning {
    enabled = true
  }
}

resource "google_storage_bucket" "allowed_as_an_argument" {
  name     = "example-allowed-as-an-argument"
  location = "EU"

  versioning = {
    enabled = true
  }
}
