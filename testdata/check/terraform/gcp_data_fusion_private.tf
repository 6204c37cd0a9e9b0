resource "google_data_fusion_instance" "refused" {
  name   = "refused"
  region = "europe-west1"
  type   = "ENTERPRISE"
}

resource "google_data_fusion_instance" "refused_off" {
  name             = "refused-off"
  region           = "europe-west1"
  type             = "ENTERPRISE"
  private_instance = false
}

resource "google_data_fusion_instance" "allowed" {
  name             = "allowed"
  region           = "europe-west1"
  type             = "ENTERPRISE"
  private_instance = true
}
