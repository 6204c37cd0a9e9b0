resource "google_notebooks_instance" "refused" {
  name         = "refused"
  location     = "europe-west1-b"
  machine_type = "e2-standard-4"

  vm_image {
    project      = "deeplearning-platform-release"
    image_family = "tf-latest-cpu"
  }
}

resource "google_notebooks_instance" "refused_off" {
  name         = "refused-off"
  location     = "europe-west1-b"
  machine_type = "e2-standard-4"

  vm_image {
    project      = "deeplearning-platform-release"
    image_family = "tf-latest-cpu"
  }

  no_public_ip = false
}

resource "google_notebooks_instance" "allowed" {
  name         = "allowed"
  location     = "europe-west1-b"
  machine_type = "e2-standard-4"

  vm_image {
    project      = "deeplearning-platform-release"
    image_family = "tf-latest-cpu"
  }

  no_public_ip = true
}
