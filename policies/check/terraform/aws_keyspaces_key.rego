# METADATA
# title: "A Keyspaces table is not under a key of your own"
# description: "Rows written for years lie under a key that AWS owns."
# custom:
#   id: AWS-265
#   severity: medium
#   checkov: CKV_AWS_265
#   fix: "Write encryption_specification with type = \"CUSTOMER_MANAGED_KMS_KEY\" and kms_key_identifier."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-12
#     - NIST SP 800-53 SC-28
package custody.check.terraform.aws_keyspaces_key

import data.custody.terraform as tf

findings contains tf.finding(table, "encryption_specification", "no key of yours encrypts it") if {
	some table in input.resources.aws_keyspaces_table
	not has_key(table)
}

has_key(table) if {
	tf.among(tf.value(table, "encryption_specification.type"), {"CUSTOMER_MANAGED_KMS_KEY"})
	tf.given(tf.value(table, "encryption_specification.kms_key_identifier"))
}
