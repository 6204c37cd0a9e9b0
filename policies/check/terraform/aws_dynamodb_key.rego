# METADATA
# title: "A DynamoDB table is not under a key of your own"
# description: "Its items lie under a key that AWS owns, whose use you can neither see nor end."
# custom:
#   id: AWS-119
#   severity: medium
#   checkov: CKV_AWS_119
#   fix: "Write server_side_encryption { enabled = true, kms_key_arn = ... }."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-12
#     - NIST SP 800-53 SC-28
package custody.check.terraform.aws_dynamodb_key

import data.custody.terraform as tf

findings contains tf.finding(table, "server_side_encryption", "no key of yours encrypts it") if {
	some table in input.resources.aws_dynamodb_table
	not has_key(table)
}

has_key(table) if {
	tf.yes(tf.value(table, "server_side_encryption.enabled"))
	tf.value(table, "server_side_encryption.kms_key_arn") != null
}
