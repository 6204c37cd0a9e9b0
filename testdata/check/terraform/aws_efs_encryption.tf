resource "aws_efs_file_system" "allowed" {
  creation_token = "features"
  encrypted      = true
}

resource "aws_efs_file_system" "refused" {
  creation_token = "features"
}

resource "aws_efs_file_system" "refused_off" {
  creation_token = "features"
  encrypted      = false
}
