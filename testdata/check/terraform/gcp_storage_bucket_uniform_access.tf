resource "google_storage_bucket" "refused" {
  name     = "example-refused"
  location = "EU"
}

resource "google_storage_bucket" "refused_off" {
  name                        = "example-refused-off"
  location                    = "EU"
  uniform_bucket_level_access = false
}

resource "google_storage_bucket" "allowed" {
  name                        = "example-allowed"
  location                    = "EU"
  uniform_bucket_level_access = true
}
