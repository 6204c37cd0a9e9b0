resource "google_kms_key_ring" "refused" {
  name     = "refused"
  location = "europe-west1"
}

resource "google_kms_key_ring" "refused_by_a_binding" {
  name     = "refused-by-a-binding"
  location = "europe-west1"
}

resource "google_kms_key_ring" "allowed" {
  name     = "allowed"
  location = "europe-west1"
}

resource "google_kms_key_ring" "allowed_without_grants" {
  name     = "allowed-without-grants"
  location = "europe-west1"
}

resource "google_kms_key_ring_iam_member" "everybody" {
  key_ring_id = google_kms_key_ring.refused.id
  role        = "roles/cloudkms.cryptoKeyDecrypter"
  member      = "allUsers"
}

resource "google_kms_key_ring_iam_binding" "everybody" {
  key_ring_id = google_kms_key_ring.refused_by_a_binding.id
  role        = "roles/cloudkms.cryptoKeyDecrypter"
  members     = ["group:data@example.org", "allAuthenticatedUsers"]
}

resource "google_kms_key_ring_iam_member" "data" {
  key_ring_id = google_kms_key_ring.allowed.id
  role        = "roles/cloudkms.cryptoKeyDecrypter"
  member      = "group:data@example.org"
}
