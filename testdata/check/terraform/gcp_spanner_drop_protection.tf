resource "google_spanner_database" "refused" {
  instance = "registry"
  name     = "refused"
}

resource "google_spanner_database" "refused_off" {
  instance               = "registry"
  name                   = "refused-off"
  enable_drop_protection = false
}

resource "google_spanner_database" "allowed" {
  instance               = "registry"
  name                   = "allowed"
  enable_drop_protection = true
}
