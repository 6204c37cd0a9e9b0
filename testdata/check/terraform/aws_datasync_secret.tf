resource "aws_datasync_location_object_storage" "allowed" {
  server_hostname = "objects.clinic.example"
  bucket_name     = "scans"
  agent_arns      = [aws_datasync_agent.clinic.arn]
  secret_key      = var.clinic_secret
}

resource "aws_datasync_location_object_storage" "refused" {
  server_hostname = "objects.clinic.example"
  bucket_name     = "scans"
  agent_arns      = [aws_datasync_agent.clinic.arn]
  access_key      = "clinic"
  secret_key      = "correct-horse-battery"
}

variable "clinic_secret" {
  type      = string
  sensitive = true
}
