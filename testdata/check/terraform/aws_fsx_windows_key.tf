resource "aws_fsx_windows_file_system" "allowed" {
  storage_capacity    = 300
  subnet_ids          = [aws_subnet.private.id]
  throughput_capacity = 1024
  kms_key_id          = aws_kms_key.data.arn
}

resource "aws_fsx_windows_file_system" "refused" {
  storage_capacity    = 300
  subnet_ids          = [aws_subnet.private.id]
  throughput_capacity = 1024
}
