resource "aws_efs_access_point" "allowed" {
  file_system_id = aws_efs_file_system.features.id

  root_directory {
    path = "/features"
  }
}

resource "aws_efs_access_point" "refused" {
  file_system_id = aws_efs_file_system.features.id

  root_directory {
    path = "/"
  }
}

resource "aws_efs_access_point" "refused_missing" {
  file_system_id = aws_efs_file_system.features.id
}
