resource "google_sql_database_instance" "refused" {
  name             = "refused"
  region           = "europe-west1"
  database_version = "POSTGRES_16"

  settings {
    tier = "db-custom-2-7680"
  }
}

resource "google_sql_database_instance" "refused_off" {
  name             = "refused-off"
  region           = "europe-west1"
  database_version = "POSTGRES_16"

  settings {
    tier = "db-custom-2-7680"

    database_flags {
      name  = "log_duration"
      value = "off"
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
      name  = "log_duration"
      value = "on"
    }
  }
}

resource "google_sql_database_instance" "allowed_mysql" {
  name   = "allowed-mysql"
  region = "europe-west1"

  settings {
    tier = "db-custom-2-7680"
  }

  database_version = "MYSQL_8_4"
}
