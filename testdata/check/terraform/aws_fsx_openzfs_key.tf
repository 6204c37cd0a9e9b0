resource "aws_fsx_openzfs_file_system" "allowed" {
  storage_capacity    = 64
  subnet_ids          = [aws_subnet.private.id]
  deployment_type     = "SINGLE_AZ_1"
  throughput_capacity = 64
  kms_key_id          = aws_kms_key.data.arn
}

resource "aws_fsx_openzfs_file_system" "refused" {
  storage_capacity    = 64
  subnet_ids          = [aws_subnet.private.id]
  deployment_type     = "SINGLE_AZ_1"
  throughput_capacity = 64
}
