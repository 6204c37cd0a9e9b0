resource "google_dataproc_cluster_iam_member" "refused" {
  cluster = "training"
  role    = "roles/dataproc.editor"
  member  = "allUsers"
}

resource "google_dataproc_cluster_iam_member" "refused_with_an_account" {
  cluster = "training"
  role    = "roles/dataproc.editor"
  member  = "allAuthenticatedUsers"
}

resource "google_dataproc_cluster_iam_binding" "refused_among_others" {
  cluster = "training"
  role    = "roles/dataproc.editor"
  members = ["group:data@example.org", "allUsers"]
}

resource "google_dataproc_cluster_iam_member" "allowed" {
  cluster = "training"
  role    = "roles/dataproc.editor"
  member  = "group:data@example.org"
}

resource "google_dataproc_cluster_iam_binding" "allowed_group" {
  cluster = "training"
  role    = "roles/dataproc.editor"
  members = ["group:data@example.org"]
}
