resource "google_kms_crypto_key" "refused" {
  name     = "refused"
  key_ring = var.key_ring
}

resource "google_kms_crypto_key" "refused_by_a_binding" {
  name     = "refused-by-a-binding"
  key_ring = var.key_ring
}

resource "google_kms_crypto_key" "allowed" {
  name     = "allowed"
  key_ring = var.key_ring
}

resource "google_kms_crypto_key" "allowed_without_grants" {
  name     = "allowed-without-grants"
  key_ring = var.key_ring
}

resource "google_kms_crypto_key_iam_member" "everybody" {
  crypto_key_id = google_kms_crypto_key.refused.id
  role          = "roles/cloudkms.cryptoKeyDecrypter"
  member        = "allUsers"
}

resource "google_kms_crypto_key_iam_binding" "everybody" {
  crypto_key_id = google_kms_crypto_key.refused_by_a_binding.id
  role          = "roles/cloudkms.cryptoKeyDecrypter"
  members       = ["group:data@example.org", "allAuthenticatedUsers"]
}

resource "google_kms_crypto_key_iam_member" "data" {
  crypto_key_id = google_kms_crypto_key.allowed.id
  role          = "roles/cloudkms.cryptoKeyDecrypter"
  member        = "group:data@example.org"
}

variable "key_ring" {
  type = string
}
