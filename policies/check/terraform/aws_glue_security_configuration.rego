# METADATA
# title: "A Glue security configuration leaves something unencrypted"
# description: "Jobs write rows to logs, bookmarks and files alike, and the weakest of the three counts."
# custom:
#   id: AWS-099
#   severity: high
#   checkov: CKV_AWS_99
#   fix: "Set cloudwatch_encryption to SSE-KMS and job_bookmarks_encryption to CSE-KMS, each with kms_key_arn, and s3_encryption to SSE-KMS."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-28
#     - GDPR Art. 32
package custody.check.terraform.aws_glue_security_configuration

import data.custody.terraform as tf

findings contains tf.finding(configuration, "encryption_configuration", "logs, bookmarks or files are not encrypted") if {
	some configuration in input.resources.aws_glue_security_configuration
	not encrypts_all(configuration)
}

encrypts_all(configuration) if {
	some block in tf.blocks(configuration, "encryption_configuration")
	tf.among(tf.of(block, "cloudwatch_encryption.cloudwatch_encryption_mode"), {"SSE-KMS"})
	tf.of(block, "cloudwatch_encryption.kms_key_arn") != null
	tf.among(tf.of(block, "job_bookmarks_encryption.job_bookmarks_encryption_mode"), {"CSE-KMS"})
	tf.of(block, "job_bookmarks_encryption.kms_key_arn") != null
	not tf.of(block, "s3_encryption.s3_encryption_mode") in {null, "DISABLED"}
}
