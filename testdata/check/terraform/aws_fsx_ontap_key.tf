resource "aws_fsx_ontap_file_system" "allowed" {
  storage_capacity    = 1024
  subnet_ids          = [aws_subnet.private.id]
  deployment_type     = "SINGLE_AZ_1"
  preferred_subnet_id = aws_subnet.private.id
  throughput_capacity = 512
  kms_key_id          = aws_kms_key.data.arn
}

resource "aws_fsx_ontap_file_system" "refused" {
  storage_capacity    = 1024
  subnet_ids          = [aws_subnet.private.id]
  deployment_type     = "SINGLE_AZ_1"
  preferred_subnet_id = aws_subnet.private.id
  throughput_capacity = 512
}
