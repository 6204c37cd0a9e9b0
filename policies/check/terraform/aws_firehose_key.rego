# METADATA
# title: "A delivery stream is not under a key of your own"
# description: "Records on their way are readable for a key that you cannot withdraw."
# custom:
#   id: AWS-241
#   severity: medium
#   checkov: CKV_AWS_241
#   fix: "Write server_side_encryption with enabled = true, key_type = \"CUSTOMER_MANAGED_CMK\" and key_arn."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-12
#     - NIST SP 800-53 SC-28
package custody.check.terraform.aws_firehose_key

import data.custody.terraform as tf

findings contains tf.finding(stream, "server_side_encryption", "no key of yours encrypts its records") if {
	some stream in input.resources.aws_kinesis_firehose_delivery_stream

	# Records that come from a data stream are encrypted there.
	tf.blocks(stream, "kinesis_source_configuration") == []
	not has_key(stream)
}

has_key(stream) if {
	tf.yes(tf.value(stream, "server_side_encryption.enabled"))
	tf.among(tf.value(stream, "server_side_encryption.key_type"), {"CUSTOMER_MANAGED_CMK"})
	tf.given(tf.value(stream, "server_side_encryption.key_arn"))
}
