resource "aws_fsx_lustre_file_system" "allowed" {
  storage_capacity = 1200
  subnet_ids       = [aws_subnet.private.id]
  kms_key_id       = aws_kms_key.data.arn
}

resource "aws_fsx_lustre_file_system" "refused" {
  storage_capacity = 1200
  subnet_ids       = [aws_subnet.private.id]
}
