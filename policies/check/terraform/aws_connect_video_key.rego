# METADATA
# title: "Recorded calls of a contact centre are not under a key of your own"
# description: "What callers say about their health or money is in the stream."
# custom:
#   id: AWS-269
#   severity: medium
#   checkov: CKV_AWS_269
#   fix: "Set key_id in kinesis_video_stream_config.encryption_config."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-12
#     - NIST SP 800-53 SC-28
package custody.check.terraform.aws_connect_video_key

import data.custody.terraform as tf

findings contains tf.finding(storage, "storage_config.kinesis_video_stream_config.encryption_config.key_id", "no key of yours encrypts the recordings") if {
	some storage in input.resources.aws_connect_instance_storage_config
	not tf.given(tf.value(storage, "storage_config.kinesis_video_stream_config.encryption_config.key_id"))
}
