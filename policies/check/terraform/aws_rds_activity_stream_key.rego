# METADATA
# title: "An activity stream is not under a key of your own"
# description: "It carries every statement with its literals, so it holds what the tables hold."
# custom:
#   id: AWS-246
#   severity: medium
#   checkov: CKV_AWS_246
#   fix: "Set kms_key_id to a KMS key of your own."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-12
#     - NIST SP 800-53 AU-9
package custody.check.terraform.aws_rds_activity_stream_key

import data.custody.terraform as tf

findings contains tf.finding(stream, "kms_key_id", "no key of yours encrypts it") if {
	some stream in input.resources.aws_rds_cluster_activity_stream
	not tf.given(tf.value(stream, "kms_key_id"))
}
