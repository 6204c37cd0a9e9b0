# METADATA
# title: "A snapshot of an in-memory database is not under a key of your own"
# description: "What was to live for minutes is kept for good in a snapshot."
# custom:
#   id: AWS-278
#   severity: medium
#   checkov: CKV_AWS_278
#   fix: "Set kms_key_arn to a KMS key of your own."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-12
#     - NIST SP 800-53 SC-28
package custody.check.terraform.aws_memorydb_snapshot_key

import data.custody.terraform as tf

findings contains tf.finding(snapshot, "kms_key_arn", "no key of yours encrypts it") if {
	some snapshot in input.resources.aws_memorydb_snapshot
	not tf.given(tf.value(snapshot, "kms_key_arn"))
}
