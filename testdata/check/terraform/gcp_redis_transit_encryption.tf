resource "google_redis_instance" "refused" {
  name           = "refused"
  memory_size_gb = 1
  tier           = "STANDARD_HA"
}

resource "google_redis_instance" "refused_off" {
  name                    = "refused-off"
  memory_size_gb          = 1
  tier                    = "STANDARD_HA"
  transit_encryption_mode = "DISABLED"
}

resource "google_redis_instance" "allowed" {
  name                    = "allowed"
  memory_size_gb          = 1
  tier                    = "STANDARD_HA"
  transit_encryption_mode = "SERVER_AUTHENTICATION"
}
