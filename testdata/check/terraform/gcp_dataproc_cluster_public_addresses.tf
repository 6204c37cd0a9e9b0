resource "google_dataproc_cluster" "refused" {
  name   = "refused"
  region = "europe-west1"
}

resource "google_dataproc_cluster" "refused_off" {
  name   = "refused-off"
  region = "europe-west1"

  cluster_config {
    gce_cluster_config {
      zone             = "europe-west1-b"
      internal_ip_only = false
    }
  }
}

resource "google_dataproc_cluster" "allowed" {
  name   = "allowed"
  region = "europe-west1"

  cluster_config {
    gce_cluster_config {
      zone             = "europe-west1-b"
      internal_ip_only = true
    }
  }
}
