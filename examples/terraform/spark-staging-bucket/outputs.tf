output "bucket" {
  description = "Name of the bucket: s3a://NAME/ in Spark."
  value       = aws_s3_bucket.staging.id
  depends_on  = [aws_s3_bucket_policy.staging, aws_s3_bucket_public_access_block.staging]
}

output "arn" {
  description = "ARN of the bucket, for policies of the jobs' roles."
  value       = aws_s3_bucket.staging.arn
}

output "kms_key_arn" {
  description = "Key of the bucket: fs.s3a.encryption.key in Spark."
  value       = aws_kms_key.staging.arn
}
