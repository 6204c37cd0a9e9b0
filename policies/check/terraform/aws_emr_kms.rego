# METADATA
# title: "An EMR configuration does not encrypt files with a key"
# description: "What jobs write to S3 is then readable for everybody who may read the bucket."
# custom:
#   id: AWS-171
#   severity: medium
#   checkov: CKV_AWS_171
#   fix: "Set S3EncryptionConfiguration.EncryptionMode to SSE-KMS with AwsKmsKey."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-12
#     - NIST SP 800-53 SC-28
package custody.check.terraform.aws_emr_kms

import data.custody.terraform as tf

findings contains tf.finding(security, "configuration", "files are not encrypted with SSE-KMS") if {
	some security in input.resources.aws_emr_security_configuration
	text := security.values.configuration
	not tf.unknown(text)
	not contains(text, "SSE-KMS")
}
