resource "google_spanner_database" "refused" {
  instance            = "registry"
  name                = "refused"
  deletion_protection = false
}

resource "google_spanner_database" "allowed" {
  instance            = "registry"
  name                = "allowed"
  deletion_protection = true
}

resource "google_spanner_database" "allowed_default" {
  instance = "registry"
  name     = "allowed-default"
}
