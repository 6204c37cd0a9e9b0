resource "google_notebooks_instance" "refused" {
  name         = "refused"
  location     = "europe-west1-b"
  machine_type = "e2-standard-4"

  vm_image {
    project      = "deeplearning-platform-release"
    image_family = "tf-latest-cpu"
  }

  shielded_instance_config {
    enable_vtpm = false
  }
}

resource "google_notebooks_instance" "allowed" {
  name         = "allowed"
  location     = "europe-west1-b"
  machine_type = "e2-standard-4"

  vm_image {
    project      = "deeplearning-platform-release"
    image_family = "tf-latest-cpu"
  }

  shielded_instance_config {
    enable_vtpm = true
  }
}

resource "google_notebooks_instance" "allowed_default" {
  name         = "allowed-default"
  location     = "europe-west1-b"
  machine_type = "e2-standard-4"

  vm_image {
    project      = "deeplearning-platform-release"
    image_family = "tf-latest-cpu"
  }
}
