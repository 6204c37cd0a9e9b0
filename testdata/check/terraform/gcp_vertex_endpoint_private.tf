resource "google_vertex_ai_endpoint" "refused" {
  name         = "refused"
  display_name = "refused"
  location     = "europe-west1"
}

resource "google_vertex_ai_endpoint" "allowed" {
  name         = "allowed"
  display_name = "allowed"
  location     = "europe-west1"
  network      = "projects/1234567890/global/networks/data"
}
