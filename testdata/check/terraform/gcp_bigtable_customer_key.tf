resource "google_bigtable_instance" "refused" {
  name = "refused"

  cluster {
    cluster_id = "one"
    zone       = "europe-west1-b"
    num_nodes  = 1
  }
}

resource "google_bigtable_instance" "refused_in_one_cluster" {
  name = "refused-in-one-cluster"

  cluster {
    cluster_id   = "one"
    zone         = "europe-west1-b"
    num_nodes    = 1
    kms_key_name = var.key_name
  }

  cluster {
    cluster_id = "two"
    zone       = "europe-west1-c"
    num_nodes  = 1
  }
}

resource "google_bigtable_instance" "allowed" {
  name = "allowed"

  cluster {
    cluster_id   = "one"
    zone         = "europe-west1-b"
    num_nodes    = 1
    kms_key_name = var.key_name
  }
}

variable "key_name" {
  type = string
}
