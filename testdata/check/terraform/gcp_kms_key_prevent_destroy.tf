resource "google_kms_crypto_key" "refused" {
  name     = "refused"
  key_ring = var.key_ring
}

resource "google_kms_crypto_key" "refused_off" {
  name     = "refused-off"
  key_ring = var.key_ring

  lifecycle {
    prevent_destroy = false
  }
}

resource "google_kms_crypto_key" "allowed" {
  name     = "allowed"
  key_ring = var.key_ring

  lifecycle {
    prevent_destroy = true
  }
}

variable "key_ring" {
  type = string
}
