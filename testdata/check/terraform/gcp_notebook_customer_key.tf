resource "google_notebooks_instance" "refused" {
  name         = "refused"
  location     = "europe-west1-b"
  machine_type = "e2-standard-4"

  vm_image {
    project      = "deeplearning-platform-release"
    image_family = "tf-latest-cpu"
  }
}

resource "google_notebooks_instance" "refused_key_without_use" {
  name         = "refused-key-without-use"
  location     = "europe-west1-b"
  machine_type = "e2-standard-4"

  vm_image {
    project      = "deeplearning-platform-release"
    image_family = "tf-latest-cpu"
  }

  kms_key = var.key_name
}

resource "google_notebooks_instance" "allowed" {
  name         = "allowed"
  location     = "europe-west1-b"
  machine_type = "e2-standard-4"

  vm_image {
    project      = "deeplearning-platform-release"
    image_family = "tf-latest-cpu"
  }

  disk_encryption = "CMEK"
  kms_key         = var.key_name
}

variable "key_name" {
  type = string
}
