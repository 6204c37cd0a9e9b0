# METADATA
# title: "A stream keeps its records unencrypted"
# description: "Clicks, positions and messages lie readable on the shards for as long as they are kept."
# custom:
#   id: AWS-043
#   severity: high
#   checkov: CKV_AWS_43
#   fix: "Write encryption_type = \"KMS\" with a kms_key_id."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-28
#     - GDPR Art. 32
package custody.check.terraform.aws_kinesis_encryption

import data.custody.terraform as tf

findings contains tf.finding(stream, "encryption_type", "its records are not encrypted") if {
	some stream in input.resources.aws_kinesis_stream
	not tf.among(tf.value(stream, "encryption_type"), {"KMS"})
}
