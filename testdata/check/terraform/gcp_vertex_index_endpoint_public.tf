resource "google_vertex_ai_index_endpoint" "refused" {
  display_name            = "refused"
  region                  = "europe-west1"
  public_endpoint_enabled = true
}

resource "google_vertex_ai_index_endpoint" "allowed" {
  display_name = "allowed"
  region       = "europe-west1"
  network      = "projects/1234567890/global/networks/data"
}

resource "google_vertex_ai_index_endpoint" "allowed_off" {
  display_name            = "allowed-off"
  region                  = "europe-west1"
  public_endpoint_enabled = false
}
