resource "aws_s3_object_copy" "allowed" {
  bucket     = aws_s3_bucket.curated.id
  key        = "patients.parquet"
  source     = "raw-zone/patients.parquet"
  kms_key_id = aws_kms_key.data.arn
}

resource "aws_s3_object_copy" "refused" {
  bucket = aws_s3_bucket.curated.id
  key    = "patients.parquet"
  source = "raw-zone/patients.parquet"
}
