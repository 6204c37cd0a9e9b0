# METADATA
# title: "A delivery stream keeps its records unencrypted"
# description: "What people did lies readable in it until it is delivered."
# custom:
#   id: AWS-240
#   severity: high
#   checkov: CKV_AWS_240
#   fix: "Write server_side_encryption { enabled = true }."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-28
#     - GDPR Art. 32
package custody.check.terraform.aws_firehose_encryption

import data.custody.terraform as tf

findings contains tf.finding(stream, "server_side_encryption", "its records are not encrypted") if {
	some stream in input.resources.aws_kinesis_firehose_delivery_stream

	# Records that come from a data stream are encrypted there.
	tf.blocks(stream, "kinesis_source_configuration") == []
	not tf.yes(tf.value(stream, "server_side_encryption.enabled"))
}
