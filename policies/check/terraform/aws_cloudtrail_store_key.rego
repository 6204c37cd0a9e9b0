# METADATA
# title: "An event data store is not under a key of your own"
# description: "The record of who read what is evidence, and personal data of those who work here."
# custom:
#   id: AWS-294
#   severity: medium
#   checkov: CKV_AWS_294
#   fix: "Set kms_key_id to a KMS key of your own."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-12
#     - NIST SP 800-53 AU-9
package custody.check.terraform.aws_cloudtrail_store_key

import data.custody.terraform as tf

findings contains tf.finding(store, "kms_key_id", "no key of yours encrypts it") if {
	some store in input.resources.aws_cloudtrail_event_data_store
	not tf.given(tf.value(store, "kms_key_id"))
}
