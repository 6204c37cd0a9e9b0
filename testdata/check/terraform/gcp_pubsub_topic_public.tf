resource "google_pubsub_topic_iam_member" "refused" {
  topic  = "visits"
  role   = "roles/pubsub.subscriber"
  member = "allUsers"
}

resource "google_pubsub_topic_iam_member" "refused_with_an_account" {
  topic  = "visits"
  role   = "roles/pubsub.subscriber"
  member = "allAuthenticatedUsers"
}

resource "google_pubsub_topic_iam_binding" "refused_among_others" {
  topic   = "visits"
  role    = "roles/pubsub.subscriber"
  members = ["group:data@example.org", "allUsers"]
}

resource "google_pubsub_topic_iam_member" "allowed" {
  topic  = "visits"
  role   = "roles/pubsub.subscriber"
  member = "group:data@example.org"
}

resource "google_pubsub_topic_iam_binding" "allowed_group" {
  topic   = "visits"
  role    = "roles/pubsub.subscriber"
  members = ["group:data@example.org"]
}
