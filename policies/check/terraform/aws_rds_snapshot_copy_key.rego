# METADATA
# title: "A copied database snapshot is not under a key of your own"
# description: "A copy outlives the database; with a key of your own it ends when the key does."
# custom:
#   id: AWS-266
#   severity: medium
#   checkov: CKV_AWS_266
#   fix: "Set kms_key_id to a KMS key of your own."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-12
#     - NIST SP 800-53 SC-28
package custody.check.terraform.aws_rds_snapshot_copy_key

import data.custody.terraform as tf

findings contains tf.finding(snapshot, "kms_key_id", "no key of yours encrypts it") if {
	some snapshot in input.resources.aws_db_snapshot_copy
	not tf.given(tf.value(snapshot, "kms_key_id"))
}
