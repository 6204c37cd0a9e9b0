# METADATA
# title: "A bucket is not encrypted by a known algorithm"
# description: "Files are then written in the clear, or not at all."
# custom:
#   id: AWS-019
#   severity: high
#   checkov: CKV_AWS_19
#   fix: "Set sse_algorithm to aws:kms (or AES256) in aws_s3_bucket_server_side_encryption_configuration."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-28
#     - GDPR Art. 32
package custody.check.terraform.aws_s3_encryption

import data.custody.terraform as tf

algorithms := {"AES256", "aws:kms", "aws:kms:dsse"}

# Where nothing is said, S3 encrypts with keys of its own.
findings contains tf.finding(bucket, "bucket", "it is not encrypted by a known algorithm") if {
	some bucket in input.resources.aws_s3_bucket
	algorithm := tf.value(bucket, "server_side_encryption_configuration.rule.apply_server_side_encryption_by_default.sse_algorithm")
	algorithm != null
	not tf.among(algorithm, algorithms)
	not is_encrypted_apart(bucket)
}

findings contains tf.finding(bucket, "bucket", "it is not encrypted by a known algorithm") if {
	some bucket in input.resources.aws_s3_bucket
	tf.value(bucket, "server_side_encryption_configuration.rule.apply_server_side_encryption_by_default.sse_algorithm") == null
	tf.for_bucket(bucket, "aws_s3_bucket_server_side_encryption_configuration") != []
	not is_encrypted_apart(bucket)
}

is_encrypted_apart(bucket) if {
	some encryption in tf.for_bucket(bucket, "aws_s3_bucket_server_side_encryption_configuration")
	tf.among(tf.value(encryption, "rule.apply_server_side_encryption_by_default.sse_algorithm"), algorithms)
}
