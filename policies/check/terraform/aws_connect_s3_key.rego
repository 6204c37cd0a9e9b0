# METADATA
# title: "Transcripts of a contact centre are not under a key of your own"
# description: "Chats and reports name callers and what they asked for."
# custom:
#   id: AWS-270
#   severity: medium
#   checkov: CKV_AWS_270
#   fix: "Set key_id in s3_config.encryption_config."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-12
#     - NIST SP 800-53 SC-28
package custody.check.terraform.aws_connect_s3_key

import data.custody.terraform as tf

findings contains tf.finding(storage, "storage_config.s3_config.encryption_config.key_id", "no key of yours encrypts the transcripts") if {
	some storage in input.resources.aws_connect_instance_storage_config
	not tf.given(tf.value(storage, "storage_config.s3_config.encryption_config.key_id"))
}
