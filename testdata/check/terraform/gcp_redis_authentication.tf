resource "google_redis_instance" "refused" {
  name           = "refused"
  memory_size_gb = 1
  tier           = "STANDARD_HA"
}

resource "google_redis_instance" "refused_off" {
  name           = "refused-off"
  memory_size_gb = 1
  tier           = "STANDARD_HA"
  auth_enabled   = false
}

resource "google_redis_instance" "allowed" {
  name           = "allowed"
  memory_size_gb = 1
  tier           = "STANDARD_HA"
  auth_enabled   = true
}
