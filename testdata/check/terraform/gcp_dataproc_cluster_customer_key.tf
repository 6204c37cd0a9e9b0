resource "google_dataproc_cluster" "refused" {
  name   = "refused"
  region = "europe-west1"
}

resource "google_dataproc_cluster" "allowed" {
  name   = "allowed"
  region = "europe-west1"

  cluster_config {
    encryption_config {
      kms_key_name = var.key_name
    }
  }
}

variable "key_name" {
  type = string
}
