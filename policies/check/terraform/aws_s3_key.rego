# METADATA
# title: "A bucket is not under a key"
# description: "Whoever may read the bucket may read the files; with a KMS key it takes two permissions, and one can be withdrawn for all."
# custom:
#   id: AWS-145
#   severity: medium
#   checkov: CKV_AWS_145
#   fix: "Set sse_algorithm = \"aws:kms\" and kms_master_key_id in aws_s3_bucket_server_side_encryption_configuration."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-12
#     - NIST SP 800-53 SC-28
package custody.check.terraform.aws_s3_key

import data.custody.terraform as tf

findings contains tf.finding(bucket, "bucket", "no KMS key encrypts it") if {
	some bucket in input.resources.aws_s3_bucket
	not has_key(bucket)
}

has_key(bucket) if is_kms(tf.value(bucket, "server_side_encryption_configuration.rule.apply_server_side_encryption_by_default.sse_algorithm"))

has_key(bucket) if {
	some encryption in tf.for_bucket(bucket, "aws_s3_bucket_server_side_encryption_configuration")
	is_kms(tf.value(encryption, "rule.apply_server_side_encryption_by_default.sse_algorithm"))
}

is_kms(algorithm) if tf.among(algorithm, {"aws:kms", "aws:kms:dsse"})
