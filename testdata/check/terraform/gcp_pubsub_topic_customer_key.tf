resource "google_pubsub_topic" "refused" {
  name = "refused"
}

resource "google_pubsub_topic" "allowed" {
  name         = "allowed"
  kms_key_name = var.key_name
}

variable "key_name" {
  type = string
}
