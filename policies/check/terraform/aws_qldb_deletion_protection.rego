# METADATA
# title: "A ledger can be deleted by one call"
# description: "The history that it was built to keep is gone with it."
# custom:
#   id: AWS-172
#   severity: medium
#   checkov: CKV_AWS_172
#   fix: "Write deletion_protection = true, or leave it out."
#   references:
#     - CWE-693
#     - NIST SP 800-53 AU-9
package custody.check.terraform.aws_qldb_deletion_protection

import data.custody.terraform as tf

findings contains tf.finding(ledger, "deletion_protection", "one call deletes it") if {
	some ledger in input.resources.aws_qldb_ledger
	tf.off(tf.value(ledger, "deletion_protection"))
}
