resource "google_sql_database_instance" "refused" {
  name   = "refused"
  region = "europe-west1"

  settings {
    tier = "db-custom-2-7680"
  }

  database_version = "MYSQL_8_4"
}

resource "google_sql_database_instance" "refused_off" {
  name             = "refused-off"
  region           = "europe-west1"
  database_version = "MYSQL_8_4"

  settings {
    tier = "db-n1-standard-2"

    backup_configuration {
      enabled            = true
      binary_log_enabled = false
    }
  }
}

resource "google_sql_database_instance" "allowed" {
  name             = "allowed"
  region           = "europe-west1"
  database_version = "MYSQL_8_4"

  settings {
    tier = "db-n1-standard-2"

    backup_configuration {
      enabled            = true
      binary_log_enabled = true
    }
  }
}

resource "google_sql_database_instance" "allowed_as_an_argument" {
  name             = "allowed-as-an-argument"
  region           = "europe-west1"
  database_version = "MYSQL_8_4"

  settings {
    tier = "db-n1-standard-2"

    backup_configuration = {
      enabled            = true
      binary_log_enabled = true
    }
  }
}

resource "google_sql_database_instance" "allowed_replica" {
  name   = "allowed-replica"
  region = "europe-west1"

  settings {
    tier = "db-custom-2-7680"
  }

  database_version     = "MYSQL_8_4"
  master_instance_name = "primary"
}

resource "google_sql_database_instance" "allowed_postgresql" {
  name             = "allowed-postgresql"
  region           = "europe-west1"
  database_version = "POSTGRES_16"

  settings {
    tier = "db-custom-2-7680"
  }
}
