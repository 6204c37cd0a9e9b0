resource "aws_s3_bucket_object" "allowed" {
  bucket     = aws_s3_bucket.curated.id
  key        = "codes.csv"
  source     = "codes.csv"
  kms_key_id = aws_kms_key.data.arn
}

resource "aws_s3_bucket_object" "refused" {
  bucket = aws_s3_bucket.curated.id
  key    = "codes.csv"
  source = "codes.csv"
}
