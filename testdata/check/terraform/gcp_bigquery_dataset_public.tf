resource "google_bigquery_dataset" "refused" {
  dataset_id = "refused"
  location   = "EU"

  access {
    role          = "READER"
    special_group = "allAuthenticatedUsers"
  }
}

resource "google_bigquery_dataset" "refused_nameless" {
  dataset_id = "refusednameless"
  location   = "EU"

  access {
    role = "READER"
  }
}

resource "google_bigquery_dataset" "allowed" {
  dataset_id = "allowed"
  location   = "EU"

  access {
    role           = "READER"
    group_by_email = "data@example.org"
  }

  access {
    role          = "OWNER"
    special_group = "projectOwners"
  }
}

resource "google_bigquery_dataset" "allowed_default" {
  dataset_id = "alloweddefault"
  location   = "EU"
}
