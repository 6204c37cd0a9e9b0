# METADATA
# title: "A ledger gives everybody who may connect all rights"
# description: "Who is let in to read may also redact."
# custom:
#   id: AWS-170
#   severity: medium
#   checkov: CKV_AWS_170
#   fix: "Write permissions_mode = \"STANDARD\"."
#   references:
#     - CWE-269
#     - NIST SP 800-53 AC-6
package custody.check.terraform.aws_qldb_permissions

import data.custody.terraform as tf

findings contains tf.finding(ledger, "permissions_mode", "it does not tell statements and tables apart") if {
	some ledger in input.resources.aws_qldb_ledger
	not tf.among(tf.value(ledger, "permissions_mode"), {"STANDARD"})
}
