resource "google_kms_crypto_key" "refused" {
  name     = "refused"
  key_ring = var.key_ring
}

resource "google_kms_crypto_key" "refused_too_seldom" {
  name            = "refused-too-seldom"
  key_ring        = var.key_ring
  rotation_period = "31536000s"
}

resource "google_kms_crypto_key" "allowed" {
  name            = "allowed"
  key_ring        = var.key_ring
  rotation_period = "7776000s"
}

resource "google_kms_crypto_key" "allowed_asymmetric" {
  name     = "allowed-asymmetric"
  key_ring = var.key_ring
  purpose  = "ASYMMETRIC_SIGN"

  version_template {
    algorithm = "EC_SIGN_P384_SHA384"
  }
}

variable "key_ring" {
  type = string
}
