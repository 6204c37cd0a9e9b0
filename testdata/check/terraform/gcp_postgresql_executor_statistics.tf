resource "google_sql_database_instance" "refused" {
  name             = "refused"
  region           = "europe-west1"
  database_version = "POSTGRES_16"

  settings {
    tier = "db-custom-2-7680"

    database_flags {
      name  = "log_executor_stats"
      value = "on"
    }
  }
}

resource "google_sql_database_instance" "allowed" {
  name             = "allowed"
  region           = "europe-west1"
  database_version = "POSTGRES_16"

  settings {
    tier = "db-custom-2-7680"

    database_flags {
      name  = "log_executor_stats"
      value = "off"
    }
  }
}

resource "google_sql_database_instance" "allowed_default" {
  name             = "allowed-default"
  region           = "europe-west1"
  database_version = "POSTGRES_16"

  settings {
    tier = "db-custom-2-7680"
  }
}
