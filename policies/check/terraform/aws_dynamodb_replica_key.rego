# METADATA
# title: "A replica of a table is not under a key of your own"
# description: "The table may be under your key and its replica abroad not."
# custom:
#   id: AWS-271
#   severity: medium
#   checkov: CKV_AWS_271
#   fix: "Set kms_key_arn to a KMS key of the region of the replica."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-12
#     - NIST SP 800-53 SC-28
package custody.check.terraform.aws_dynamodb_replica_key

import data.custody.terraform as tf

findings contains tf.finding(replica, "kms_key_arn", "no key of yours encrypts it") if {
	some replica in input.resources.aws_dynamodb_table_replica
	not tf.given(tf.value(replica, "kms_key_arn"))
}
