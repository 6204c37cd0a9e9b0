resource "google_kms_crypto_key_iam_member" "refused" {
  crypto_key_id = var.key_id
  role          = "roles/cloudkms.cryptoKeyDecrypter"
  member        = "allUsers"
}

resource "google_kms_crypto_key_iam_binding" "refused_binding" {
  crypto_key_id = var.key_id
  role          = "roles/cloudkms.cryptoKeyDecrypter"
  members       = ["group:data@example.org", "allAuthenticatedUsers"]
}

resource "google_kms_crypto_key_iam_policy" "refused_policy" {
  crypto_key_id = var.key_id
  policy_data   = data.google_iam_policy.everybody.policy_data
}

resource "google_kms_crypto_key_iam_member" "allowed" {
  crypto_key_id = var.key_id
  role          = "roles/cloudkms.cryptoKeyDecrypter"
  member        = "group:data@example.org"
}

resource "google_kms_crypto_key_iam_policy" "allowed_policy" {
  crypto_key_id = var.key_id
  policy_data   = data.google_iam_policy.data.policy_data
}

data "google_iam_policy" "everybody" {
  binding {
    role    = "roles/cloudkms.cryptoKeyDecrypter"
    members = ["allUsers"]
  }
}

data "google_iam_policy" "data" {
  binding {
    role    = "roles/cloudkms.cryptoKeyDecrypter"
    members = ["group:data@example.org"]
  }
}

variable "key_id" {
  type = string
}
