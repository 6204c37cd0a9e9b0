resource "google_notebooks_runtime" "refused" {
  name     = "refused"
  location = "europe-west1"

  access_config {
    access_type   = "SINGLE_USER"
    runtime_owner = "ada@example.org"
  }

  virtual_machine {
    virtual_machine_config {
      machine_type = "n1-standard-4"

      data_disk {
        initialize_params {
          disk_size_gb = "100"
          disk_type    = "PD_STANDARD"
        }
      }
    }
  }
}

resource "google_notebooks_runtime" "refused_off" {
  name     = "refused-off"
  location = "europe-west1"

  access_config {
    access_type   = "SINGLE_USER"
    runtime_owner = "ada@example.org"
  }

  virtual_machine {
    virtual_machine_config {
      machine_type     = "n1-standard-4"
      internal_ip_only = false

      data_disk {
        initialize_params {
          disk_size_gb = "100"
          disk_type    = "PD_STANDARD"
        }
      }
    }
  }
}

resource "google_notebooks_runtime" "allowed" {
  name     = "allowed"
  location = "europe-west1"

  access_config {
    access_type   = "SINGLE_USER"
    runtime_owner = "ada@example.org"
  }

  virtual_machine {
    virtual_machine_config {
      machine_type     = "n1-standard-4"
      internal_ip_only = true

      data_disk {
        initialize_params {
          disk_size_gb = "100"
          disk_type    = "PD_STANDARD"
        }
      }
    }
  }
}
