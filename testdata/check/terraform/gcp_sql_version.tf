resource "google_sql_database_instance" "refused" {
  name   = "refused"
  region = "europe-west1"

  settings {
    tier = "db-custom-2-7680"
  }

  database_version = "POSTGRES_12"
}

resource "google_sql_database_instance" "refused_mysql" {
  name   = "refused-mysql"
  region = "europe-west1"

  settings {
    tier = "db-custom-2-7680"
  }

  database_version = "MYSQL_5_7"
}

resource "google_sql_database_instance" "allowed" {
  name   = "allowed"
  region = "europe-west1"

  settings {
    tier = "db-custom-2-7680"
  }

  database_version = "POSTGRES_18"
}

resource "google_sql_database_instance" "allowed_mysql" {
  name   = "allowed-mysql"
  region = "europe-west1"

  settings {
    tier = "db-custom-2-7680"
  }

  database_version = "MYSQL_8_4"
}
