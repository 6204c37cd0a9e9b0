resource "google_storage_bucket" "refused" {
  name     = "example-refused"
  location = "EU"
}

resource "google_storage_bucket" "refused_inherited" {
  name                     = "example-refused-inherited"
  location                 = "EU"
  public_access_prevention = "inherited"
}

resource "google_storage_bucket" "allowed" {
  name                     = "example-allowed"
  location                 = "EU"
  public_access_prevention = "enforced"
}
