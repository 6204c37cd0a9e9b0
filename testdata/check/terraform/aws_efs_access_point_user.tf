resource "aws_efs_access_point" "allowed" {
  file_system_id = aws_efs_file_system.features.id

  posix_user {
    uid = 1000
    gid = 1000
  }
}

resource "aws_efs_access_point" "refused" {
  file_system_id = aws_efs_file_system.features.id
}
