resource "google_bigtable_instance" "refused" {
  name = "refused"

  cluster {
    cluster_id = "one"
    zone       = "europe-west1-b"
    num_nodes  = 1
  }
}

resource "google_bigtable_instance" "refused_off" {
  name = "refused-off"

  cluster {
    cluster_id = "one"
    zone       = "europe-west1-b"
    num_nodes  = 1
  }

  deletion_protection = false
}

resource "google_bigtable_instance" "allowed" {
  name = "allowed"

  cluster {
    cluster_id = "one"
    zone       = "europe-west1-b"
    num_nodes  = 1
  }

  deletion_protection = true
}
