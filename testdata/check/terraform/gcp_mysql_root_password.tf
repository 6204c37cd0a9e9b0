resource "google_sql_database_instance" "refused" {
  name   = "refused"
  region = "europe-west1"

  settings {
    tier = "db-custom-2-7680"
  }

  database_version = "MYSQL_8_4"
}

resource "google_sql_database_instance" "allowed" {
  name   = "allowed"
  region = "europe-west1"

  settings {
    tier = "db-custom-2-7680"
  }

  database_version = "MYSQL_8_4"
}

resource "google_sql_database_instance" "allowed_other_user" {
  name   = "allowed-other-user"
  region = "europe-west1"

  settings {
    tier = "db-custom-2-7680"
  }

  database_version = "MYSQL_8_4"
}

resource "google_sql_user" "open" {
  name     = "root"
  instance = google_sql_database_instance.refused.name
  host     = "%"
}

resource "google_sql_user" "root" {
  name     = "root"
  instance = google_sql_database_instance.allowed.name
  password = var.password
}

resource "google_sql_user" "reader" {
  name     = "reader"
  instance = google_sql_database_instance.allowed_other_user.name
}

variable "password" {
  type      = string
  sensitive = true
}
